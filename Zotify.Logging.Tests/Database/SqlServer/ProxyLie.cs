namespace Zotify.Logging.Tests.Database.SqlServer;

/// <summary>What a <see cref="LyingProxy"/> does to an answer of the server, before it closes the connection.</summary>
public enum ProxyLie
{
    /// <summary>Sends half of it.</summary>
    Cut,

    /// <summary>Sends nothing of it.</summary>
    Nothing,

    /// <summary>Sends a packet that seems to be shorter than its own header.</summary>
    TooShort,

    /// <summary>Sends a packet that means nothing.</summary>
    UnknownTokens,

    /// <summary>Sends a packet whose lengths and counts are those of others.</summary>
    WrongCounts,
}
