namespace Zotify.Logging.Shipping;

/// <summary>Creates the targets of one kind, one for each journal. An integration registers it. Thread-safe.</summary>
internal interface IJournalTargetFactory
{
    /// <summary>The target's name in states and messages; in lower case it ends the name of the checkpoint's file.</summary>
    string Name { get; }

    /// <summary>Where it sends to, for messages, without credentials; <see langword="null"/> where the name says enough.</summary>
    string? Destination => null;

    /// <summary>Whether there is something to send to. Otherwise no target is created.</summary>
    bool IsActive => true;

    /// <summary>Creates the target of a journal, before this process appends to it. Connects to nothing.</summary>
    IJournalTarget Create(ShippedJournal journal);
}
