namespace Zotify.Logging.Diagnostics;

/// <summary>How bad a failure of the logging itself is.</summary>
internal enum FailureKind
{
    /// <summary>It is being tried again; nothing is lost.</summary>
    Temporary,

    /// <summary>It stays until somebody acts.</summary>
    Permanent,

    /// <summary>Records are lost; they were counted.</summary>
    Final,
}
