namespace Zotify.Logging.Shipping;

/// <summary>Creates the targets of one kind, one for each journal. An integration registers it. Thread-safe.</summary>
internal interface IJournalTargetFactory
{
    /// <summary>The target's name in states and messages; in lower case it ends the name of the checkpoint's file.</summary>
    string Name { get; }

    /// <summary>Creates the target of a journal. Opens nothing.</summary>
    IJournalTarget Create();
}
