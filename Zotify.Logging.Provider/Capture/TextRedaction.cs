namespace Zotify.Logging.Capture;

/// <summary>
/// Takes redacted values out of a text of which only the values are known that went into it. It costs the value's own
/// place where that is certain, otherwise the line.
/// </summary>
/// <remarks>
/// A line <c>Name: value</c> is known by its name, as ASP.NET Core and HttpClient lay out headers. In every other line the
/// value's text is looked for: as it is, and as JSON, HTML, URLs and Base64 have it. A line that has only a part of it, or
/// has it within another word, goes whole; so does every line that no other value explains, where a limit keeps the value
/// unknown. A formatter that makes something else of a value is like a value's own <c>ToString</c>: not looked into.
/// </remarks>
internal sealed class TextRedaction
{
    /// <summary>A shorter text is not looked for by its parts: they are in many texts by accident.</summary>
    private const int ShortestOfParts = 8;

    private readonly Dictionary<string, string> _shown = new(StringComparer.Ordinal);
    private readonly HashSet<string> _explained = new(StringComparer.Ordinal);
    private readonly List<(string Name, string Text)> _hidden = [];

    // What was found: hidden texts, and the names of lines.
    private readonly HashSet<string> _found = new(StringComparer.Ordinal);
    private readonly HashSet<string> _lines = new(StringComparer.Ordinal);
    private readonly bool _isUnknown;

    /// <param name="logged">The values that went into the text.</param>
    public TextRedaction(LoggedState logged)
    {
        _isUnknown = logged.IsCut;
        foreach (var value in logged.Values)
        {
            if (value.Shown is { } shown)
            {
                _shown[value.Name] = shown;
                var hidden = HiddenTexts.Of(value.Name, value.Value, logged.Redactor);
                _isUnknown |= !hidden.IsWhole;
                foreach (var text in hidden.Texts) _hidden.Add((value.Name, text));
            }
            else
            {
                foreach (var text in HiddenTexts.Plain(value.Value)) _explained.Add($"{value.Name}: {text}");
            }
        }

        // The longer first: one may be a part of another.
        _hidden.Sort(static (a, b) => b.Text.Length.CompareTo(a.Text.Length));
    }

    /// <summary>The text without the values.</summary>
    /// <param name="text">What the formatter gave.</param>
    /// <param name="notFound">The names of redacted values that are not in it.</param>
    public string Apply(string text, out IReadOnlyList<string> notFound)
    {
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var end = lines[i].EndsWith('\r') ? "\r" : "";
            lines[i] = Line(lines[i][..^end.Length]) + end;
        }

        var found = _hidden.Where(hidden => _found.Contains(hidden.Text)).Select(hidden => hidden.Name).Concat(_lines);
        notFound = [.. _hidden.Select(hidden => hidden.Name).Except(found)];
        return string.Join('\n', lines);
    }

    private string Line(string line)
    {
        if (line.Length == 0 || _explained.Contains(line)) return line;
        var name = line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon ? line[..colon] : null;
        var own = name is not null && _shown.TryGetValue(name, out var shown) ? $"{name}: {shown}" : null;
        var value = name is null ? line : line[(name.Length + 1)..].Trim();
        if (own is not null && _hidden.Exists(hidden => hidden.Name == name && hidden.Text == value)) return Found(name!, own);
        var isCertain = TryReplace(line, out var replaced);
        if (isCertain && replaced != line) return replaced;
        if (own is not null) return Found(name!, own);
        return isCertain && !_isUnknown ? line : Redactor.Mark;
    }

    private string Found(string name, string line)
    {
        _lines.Add(name);
        return line;
    }

    /// <summary>Puts the mark in the place of every value.</summary>
    /// <returns>False where a value is in the line in a way that leaves something of it to see.</returns>
    private bool TryReplace(string line, out string replaced)
    {
        replaced = line;
        foreach (var (_, text) in _hidden)
        {
            // From the end: what stands before an occurrence does not move.
            for (var at = LastOf(text, replaced, replaced.Length); at >= 0; at = LastOf(text, replaced, at))
            {
                if (IsInMark(replaced, at)) continue;
                _found.Add(text);
                if (!StandsAlone(replaced, at, text.Length)) return false;
                replaced = string.Concat(replaced.AsSpan(0, at), Redactor.Mark, replaced.AsSpan(at + text.Length));
            }
        }

        var rest = replaced.Replace(Redactor.Mark, "\n", StringComparison.Ordinal);
        return !_hidden.Exists(hidden => HasPart(rest, hidden.Text));
    }

    private static int LastOf(string text, string line, int end) =>
        line.AsSpan(0, end).LastIndexOf(text, StringComparison.OrdinalIgnoreCase);

    private static bool IsInMark(string line, int at)
    {
        var from = Math.Max(0, at - Redactor.Mark.Length + 1);
        return line.AsSpan(from, Math.Min(line.Length, at + Redactor.Mark.Length) - from).Contains(Redactor.Mark, StringComparison.Ordinal);
    }

    private static bool StandsAlone(string line, int at, int length) =>
        !(at > 0 && char.IsLetterOrDigit(line[at - 1]) && char.IsLetterOrDigit(line[at]))
        && !(at + length < line.Length && char.IsLetterOrDigit(line[at + length]) && char.IsLetterOrDigit(line[at + length - 1]));

    /// <summary>Whether a large piece of the value is in the line: it was cut, say.</summary>
    private static bool HasPart(string line, string text)
    {
        if (text.Length < ShortestOfParts) return false;
        var length = text.Length / (text.Length < 2 * ShortestOfParts ? 2 : 4);
        for (var at = 0; at + length <= text.Length; at += length)
            if (line.AsSpan().Contains(text.AsSpan(at, length), StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }
}
