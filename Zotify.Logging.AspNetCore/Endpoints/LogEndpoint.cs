using Microsoft.AspNetCore.Routing.Patterns;

namespace Zotify.Logging.AspNetCore.Endpoints;

/// <summary>Marks the endpoint from which the page finds the others: its pattern is their prefix and one more segment.</summary>
internal sealed class LogEndpoint
{
    /// <summary>The prefix of the endpoints, with a slash at its end and none at its start, with the values of a request.</summary>
    /// <param name="pattern">The pattern of the marked endpoint.</param>
    /// <param name="values">The request's values of the parameters that the prefix may have.</param>
    public static string PrefixOf(RoutePattern pattern, RouteValueDictionary values) => string.Concat(
        pattern.PathSegments.SkipLast(1).Select(segment => string.Concat(segment.Parts.Select(part => TextOf(part, values))) + "/"));

    private static string TextOf(RoutePatternPart part, RouteValueDictionary values) => part switch
    {
        RoutePatternLiteralPart literal => literal.Content,
        RoutePatternSeparatorPart separator => separator.Content,
        RoutePatternParameterPart parameter => Uri.EscapeDataString($"{values[parameter.Name]}"),
        _ => "",
    };
}
