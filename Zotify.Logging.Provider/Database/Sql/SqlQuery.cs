using System.Data.Common;

namespace Zotify.Logging.Provider.Database.Sql;

/// <summary>A query that can be run once.</summary>
/// <param name="Text">The query.</param>
/// <param name="Parameters">The values that it names.</param>
internal sealed record SqlQuery(string Text, DbParameter[] Parameters);
