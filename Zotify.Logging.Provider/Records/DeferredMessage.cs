namespace Zotify.Logging.Records;

/// <summary>
/// A message that is rendered when it is first read, from copies of values that cannot change, so the text is the same at any time. This
/// moves the rendering from the caller to the handler's consumer. Safe to read from any thread.
/// </summary>
internal abstract class DeferredMessage
{
    private string? _text;

    /// <summary>Whether records of several handlers share it. Set before the first of them can read it.</summary>
    public bool IsShared { get; set; }

    /// <summary>The text. Two threads that read it first at the same time both render the same text.</summary>
    public string Text => _text ??= Render();

    /// <summary>
    /// Returns it to its pool, unless it is shared. Only <c>RecordPool</c> may call it, for a record that nobody uses any more.
    /// </summary>
    public void Return()
    {
        if (IsShared) return;
        _text = null;
        Pool();
    }

    /// <summary>Renders the text. Throws nothing.</summary>
    protected abstract string Render();

    /// <summary>Clears it and makes it available for a later call.</summary>
    protected abstract void Pool();
}
