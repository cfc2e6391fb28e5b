namespace Zotify.Logging.Diagnostics;

/// <summary>How severe a failure of the logging itself is.</summary>
internal enum FailureKind
{
    /// <summary>It is being retried. Nothing is lost.</summary>
    Temporary,

    /// <summary>It lasts until somebody acts.</summary>
    Permanent,

    /// <summary>Records are lost. They were counted.</summary>
    Final,
}
