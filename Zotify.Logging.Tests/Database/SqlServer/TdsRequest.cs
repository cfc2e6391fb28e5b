namespace Zotify.Logging.Tests.Database.SqlServer;

/// <summary>The kind of a request to SQL Server, by the numbers of its protocol.</summary>
internal enum TdsRequest : byte
{
    /// <summary>Statements without parameters.</summary>
    Batch = 1,

    /// <summary>Statements with parameters.</summary>
    Command = 3,

    /// <summary>The rows of a bulk insert, which follow its statement.</summary>
    Rows = 7,

    /// <summary>The beginning or end of a transaction.</summary>
    Transaction = 14,
}
