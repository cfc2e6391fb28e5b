using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Zotify.Logging.Provider.Database.Sql;

/// <summary>A query that can be run once.</summary>
/// <param name="Text">The query.</param>
/// <param name="Parameters">The values that it names.</param>
internal sealed record SqlQuery(string Text, DbParameter[] Parameters)
{
    /// <summary>What it gives, made of each row.</summary>
    public async Task<List<T>> ReadAsync<T>(LoggingDbContext context, Func<DbDataReader, T> row, CancellationToken cancellationToken)
    {
        var command = context.Database.GetDbConnection().CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.CommandText = Text;
            command.Parameters.AddRange(Parameters);
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                var rows = new List<T>();
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) rows.Add(row(reader));
                return rows;
            }
        }
    }
}
