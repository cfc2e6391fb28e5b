namespace Zotify.Logging.Records;

/// <summary>A message that is rendered only where it is needed, from values that cannot change. Most lines of the ring are never written.</summary>
/// <param name="size">An estimate of its memory in bytes.</param>
internal abstract class PendingMessage(int size)
{
    /// <summary>An estimate of its memory in bytes.</summary>
    public int Size => size;

    /// <summary>Renders the message. Throws nothing.</summary>
    public abstract string Render();
}
