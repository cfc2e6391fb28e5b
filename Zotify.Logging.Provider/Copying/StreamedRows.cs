using System.Data.Common;
using System.Runtime.CompilerServices;
using Zotify.Logging.Database;

namespace Zotify.Logging.Copying;

/// <summary>Runs queries whose rows are too many to hold.</summary>
internal static class StreamedRows
{
    /// <summary>
    /// Runs a query, and converts each row by <paramref name="row"/> as it arrives. Nothing else runs on the connection meanwhile, and the
    /// query may take any time.
    /// </summary>
    public static async IAsyncEnumerable<T> EnumerateAsync<T>(
        this LoggingConnection connection,
        SqlQuery query,
        Func<DbDataReader, T> row,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var command = connection.Command(query.Text, query.Parameters);
        command.CommandTimeout = 0;
        // Failed, until all rows were read: whoever stops before leaves an answer behind.
        var hadFailed = connection.HasFailed;
        connection.HasFailed = true;
        await using (command.ConfigureAwait(false))
        {
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) yield return row(reader);
            }
        }

        connection.HasFailed = hadFailed;
    }
}
