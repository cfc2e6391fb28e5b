namespace Zotify.Logging.AspNetCore.Endpoints;

/// <summary>The parameter <c>q</c>, the same for all logs.</summary>
internal static class SearchParameter
{
    /// <summary>Its name.</summary>
    public const string Name = "q";

    /// <summary>Describes it.</summary>
    /// <param name="fields">Where it is looked for.</param>
    public static QueryParameter Of(string fields) => new(
        Name,
        "What occurs, without case: terms separated by white space, `\"a phrase\"`, and `-term` or `-\"a phrase\"` for what must not "
            + $"occur. Each is a part of one of these: {fields}. In a phrase, `\"\"` stands for one quote.");
}
