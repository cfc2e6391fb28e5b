namespace Zotify.Logging.Capture;

/// <summary>
/// Where an address in a text ends. A quote or an angle bracket ends it only where the text before has opened one: a client may send both
/// within a value.
/// </summary>
internal readonly ref struct AddressEnd
{
    private readonly bool _isQuoted;
    private readonly bool _isInTag;
    private readonly bool _isAfterTag;

    /// <param name="before">The text before the query string.</param>
    public AddressEnd(ReadOnlySpan<char> before)
    {
        for (var i = 0; i < before.Length; i++)
            if (before[i] == '"' && (i == 0 || before[i - 1] != '\\')) _isQuoted = !_isQuoted;
        _isInTag = before.LastIndexOf('<') > before.LastIndexOf('>');
        _isAfterTag = before.Contains('>');
    }

    /// <summary>The end of the value that begins at an index.</summary>
    public int Of(string text, int start)
    {
        var end = start;
        while (end < text.Length && !Ends(text[end])) end++;
        return end;
    }

    private bool Ends(char letter) => letter switch
    {
        '&' or '#' or ' ' or '\t' or '\r' or '\n' => true,
        // A backslash begins an escape sequence: of the closing quote, or of an ampersand.
        '"' or '\\' => _isQuoted,
        '>' => _isInTag,
        '<' => _isAfterTag,
        _ => false,
    };
}
