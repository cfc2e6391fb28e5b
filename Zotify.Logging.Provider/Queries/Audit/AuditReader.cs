using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Zotify.Logging.Provider.Database;
using Zotify.Logging.Provider.Database.Entities;
using Zotify.Logging.Provider.Database.Sql;

namespace Zotify.Logging.Provider.Queries.Audit;

/// <summary>Reads audit events by the index that gives the first of them soonest.</summary>
internal static class AuditReader
{
    // Of so few events, comparing the texts costs less than asking the index for them, which finds a frequent word everywhere.
    private const int FewEvents = 1_000;

    /// <summary>The events that match after a place, in the query's order, at most <paramref name="count"/>.</summary>
    /// <exception cref="ArgumentException">A filter has over 100 values, or a word of over 1,000 characters.</exception>
    public static async Task<List<AuditEventRow>> ReadAsync(
        LoggingDbContext context, LoggingDatabase database, AuditQuery query, AuditCursor? after, int count, CancellationToken cancellationToken)
    {
        var dialect = database.Dialect;
        // Before anything is read: what is asked may be too much.
        var sql = AuditSearch.Build(query, dialect, after, count);
        if (await AuditTypes.ExpandAsync(context, query, cancellationToken).ConfigureAwait(false) is { } expanded)
        {
            if (expanded.EventTypes.Count == 0) return [];
            query = expanded;
            sql = AuditSearch.Build(query, dialect, after, count);
        }

        if (database.Texts is { } texts && texts.Knows(AuditSearch.Words(query)) && !await HasFewLeadingAsync(context, dialect, query, cancellationToken).ConfigureAwait(false))
        {
            var rows = await texts.FindAsync(context, AuditSearch.ByText(query, dialect, after, count), cancellationToken).ConfigureAwait(false);
            if (rows.Count == 0) return [];
            sql = AuditSearch.Of(query, dialect, rows, count);
        }

        return await context.AuditEvents.FromSqlRaw(sql.Text, sql.Parameters).AsNoTracking().ToListAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async Task<bool> HasFewLeadingAsync(LoggingDbContext context, SqlDialect dialect, AuditQuery query, CancellationToken cancellationToken)
    {
        if (AuditSearch.CountLeading(query, dialect, FewEvents) is not { } sql) return false;
        var command = context.Database.GetDbConnection().CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.CommandText = sql.Text;
            command.Parameters.AddRange(sql.Parameters);
            return Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false), CultureInfo.InvariantCulture) < FewEvents;
        }
    }
}
