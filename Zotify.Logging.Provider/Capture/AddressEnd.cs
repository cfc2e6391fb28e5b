namespace Zotify.Logging.Capture;

/// <summary>
/// Where an address in a text ends. A quote or an angle bracket ends it only where the text before has opened one: a client may send both
/// within a value.
/// </summary>
internal struct AddressEnd
{
    private int _read;
    private bool _isQuoted;
    private bool _isInTag;
    private bool _isAfterTag;

    /// <summary>Reads the text before a query string, from where it stopped.</summary>
    public void Read(string text, int end)
    {
        for (; _read < end; _read++)
        {
            var letter = text[_read];
            if (letter == '"' && (_read == 0 || text[_read - 1] != '\\')) _isQuoted = !_isQuoted;
            _isInTag = letter == '<' || (_isInTag && letter != '>');
            _isAfterTag |= letter == '>';
        }
    }

    /// <summary>The end of the value that begins at an index.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">The index.</param>
    /// <param name="isHidden">Whether a question mark belongs to the value. In one that is shown, it begins a further query string.</param>
    public readonly int Of(string text, int start, bool isHidden)
    {
        var end = start;
        while (end < text.Length && !Ends(text[end]) && (isHidden || text[end] != '?')) end++;
        return end;
    }

    private readonly bool Ends(char letter) => letter switch
    {
        '&' or '#' or ' ' or '\t' or '\r' or '\n' => true,
        // A backslash begins an escape sequence: of the closing quote, or of an ampersand.
        '"' or '\\' => _isQuoted,
        '>' => _isInTag,
        '<' => _isAfterTag,
        _ => false,
    };
}
