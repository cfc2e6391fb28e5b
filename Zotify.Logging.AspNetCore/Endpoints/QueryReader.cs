using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace Zotify.Logging.AspNetCore.Endpoints;

/// <summary>
/// Reads the parameters of a request strictly: one that is unknown, empty, malformed or repeated without sense is refused by name.
/// </summary>
internal sealed class QueryReader
{
    /// <summary>The names of levels that can be asked for.</summary>
    public static readonly string[] LevelNames =
        [.. Enum.GetValues<LogLevel>().Where(level => level != LogLevel.None).Select(level => level.ToString())];

    private readonly IQueryCollection _query;
    private readonly string? _queryString;
    private readonly DateTimeOffset _now;

    /// <exception cref="InvalidParameterException">A parameter is none that the endpoint takes.</exception>
    public QueryReader(HttpRequest request, IReadOnlyList<QueryParameter> known, DateTimeOffset now)
    {
        _query = request.Query;
        _queryString = request.QueryString.Value;
        _now = now;
        foreach (var name in _query.Keys)
        {
            if (!known.Any(parameter => parameter.Matches(name)))
                throw new InvalidParameterException(name, $"This parameter is not known here; {Known(known)}.");
        }
    }

    /// <summary>A parameter that may be given once; <see langword="null"/> where it is not.</summary>
    public string? Text(string name)
    {
        var values = _query[name];
        if (values.Count > 1) throw new InvalidParameterException(name, "It may be given once.");
        return values.Count == 0 ? null : NotEmpty(name, values[0]);
    }

    /// <summary>A parameter that may be repeated.</summary>
    public IReadOnlyList<string> Texts(string name) => [.. _query[name].Select(value => NotEmpty(name, value))];

    /// <summary>
    /// The values of a parameter by their paths, as <c>[a][b]</c> or <c>a.b</c>; a value may be empty. Unlike the names of parameters, the
    /// names of a path are compared with their case.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> TextsBelow(string name)
    {
        var below = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var pair in new QueryStringEnumerable(_queryString))
        {
            var given = pair.DecodeName().ToString();
            if (given.Length <= name.Length || !given.StartsWith(name, StringComparison.OrdinalIgnoreCase)) continue;
            var path = given[name.Length] == '.' ? given[(name.Length + 1)..] : given[name.Length..];
            below[path] = [.. below.GetValueOrDefault(path) ?? [], pair.DecodeValue().ToString()];
        }

        return below;
    }

    /// <summary>A whole number within bounds.</summary>
    public int? Number(string name, int min, int max)
    {
        if (Text(name) is not { } text) return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max
            ? number
            : throw new InvalidParameterException(name, $"'{text}': a whole number from {min} to {max} is expected.");
    }

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public bool? Flag(string name) => Text(name) switch
    {
        null => null,
        "true" => true,
        "false" => false,
        { } text => throw new InvalidParameterException(name, $"'{text}': true or false is expected."),
    };

    /// <summary>A time.</summary>
    public DateTimeOffset? Time(string name)
    {
        if (Text(name) is not { } text) return null;
        // A plus of an offset that was not escaped arrives as a space.
        var escaped = text.Length > 6 && text[^6] == ' ' ? $"{text[..^6]}+{text[^5..]}" : text;
        return TimeParameter.TryParse(escaped, _now, out var time)
            ? time
            : throw new InvalidParameterException(name, $"'{text}': no time; {TimeParameter.Expected}.");
    }

    /// <summary>A time by its name or by an alias; only one of them may be given.</summary>
    public DateTimeOffset? Time(string name, string alias)
    {
        if (_query.ContainsKey(alias) && _query.ContainsKey(name))
            throw new InvalidParameterException(alias, $"It is another name of {name}; give one of them.");
        return Time(_query.ContainsKey(alias) ? alias : name);
    }

    /// <summary>A duration up to a longest one.</summary>
    public TimeSpan? Duration(string name, TimeSpan longest)
    {
        if (Text(name) is not { } text) return null;
        return TimeParameter.TryParseDuration(text, out var duration) && duration <= longest
            ? duration
            : throw new InvalidParameterException(
                name, $"'{text}': a duration such as 30s or 2m is expected, up to {longest.TotalSeconds:0}s.");
    }

    /// <summary>A level by its name.</summary>
    public LogLevel? Level(string name)
    {
        if (Text(name) is not { } text) return null;
        return LevelOf(text) ?? throw new InvalidParameterException(name, $"'{text}': no level; use {string.Join(", ", LevelNames)}.");
    }

    /// <summary>Some levels by their names.</summary>
    public IReadOnlyList<LogLevel> Levels(string name) =>
    [
        .. Texts(name).Select(text => LevelOf(text)
            ?? throw new InvalidParameterException(name, $"'{text}': no level; use {string.Join(", ", LevelNames)}.")),
    ];

    /// <summary>The level of a name, without case; <see langword="null"/> where there is none of it.</summary>
    public static LogLevel? LevelOf(string text) =>
        // Enum.TryParse alone would take numbers and lists, too.
        LevelNames.Contains(text, StringComparer.OrdinalIgnoreCase) ? Enum.Parse<LogLevel>(text, ignoreCase: true) : null;

    /// <summary>One of some values.</summary>
    public string? OneOf(string name, params string[] values) => Text(name) is not { } text || values.Contains(text)
        ? Text(name)
        : throw new InvalidParameterException(name, $"'{text}': {string.Join(" or ", values)} is expected.");

    /// <summary>Some of some values.</summary>
    public IReadOnlyList<string> SeveralOf(string name, params string[] values)
    {
        var given = Texts(name);
        return given.FirstOrDefault(text => !values.Contains(text)) is { } unknown
            ? throw new InvalidParameterException(name, $"'{unknown}': {string.Join(" or ", values)} is expected.")
            : given;
    }

    private static string Known(IReadOnlyList<QueryParameter> known) =>
        known.Count == 0 ? "there are none" : $"known are {string.Join(", ", known.Select(parameter => parameter.Name))}";

    private static string NotEmpty(string name, string? value) =>
        string.IsNullOrEmpty(value) ? throw new InvalidParameterException(name, "It has no value; leave it out instead.") : value;
}
