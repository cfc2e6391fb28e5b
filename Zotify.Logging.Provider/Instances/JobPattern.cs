using Zotify.Logging.Database;

namespace Zotify.Logging.Instances;

/// <summary>A job type, or the beginning of job types. Compared byte by byte, as the tables do.</summary>
/// <param name="Text">The type, or what it begins with.</param>
/// <param name="IsPrefix">Whether types only begin with it.</param>
internal readonly record struct JobPattern(string Text, bool IsPrefix)
{
    /// <summary>Whether it matches every job, also one without a type.</summary>
    public bool IsAny => IsPrefix && Text.Length == 0;

    /// <summary>Reads a pattern, whose only <c>*</c> is at its end.</summary>
    public static JobPattern Parse(string pattern) =>
        pattern.EndsWith('*') ? new JobPattern(pattern[..^1], IsPrefix: true) : new JobPattern(pattern, IsPrefix: false);

    /// <summary>Whether it matches a type.</summary>
    public bool Matches(string? type)
    {
        if (IsAny) return true;
        if (type is null) return false;
        return IsPrefix ? type.StartsWith(Text, StringComparison.Ordinal) : type == Text;
    }

    /// <summary>The condition that the type in a column matches it.</summary>
    public string Condition(string column, SqlDialect dialect, SqlFilter filter)
    {
        if (IsAny) return "1 = 1";
        return IsPrefix ? dialect.StartsWith(column, filter.Value(Text)) : dialect.OneOf(column, [Text], filter.Value);
    }

    /// <inheritdoc/>
    public override string ToString() => IsPrefix ? $"{Text}*" : Text;
}
