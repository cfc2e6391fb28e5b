using System.Globalization;
using Microsoft.OpenApi;

namespace Zotify.Logging.AspNetCore.Endpoints;

/// <summary>A parameter of an endpoint: <see cref="QueryReader"/> accepts it, and the API description shows it.</summary>
/// <param name="Name">The name. A name that ends with <c>*</c> means all names with that prefix.</param>
/// <param name="Description">Its effect, and its default.</param>
internal readonly record struct QueryParameter(string Name, string Description)
{
    /// <summary>The schema of a value; by default any text. Times are texts, too, because they may be durations.</summary>
    public OpenApiSchema? Schema { get; private init; }

    /// <summary>A whole number within bounds.</summary>
    public static QueryParameter Number(string name, string description, int min, int max = int.MaxValue) => new(name, description)
    {
        Schema = new OpenApiSchema
        {
            Type = JsonSchemaType.Integer,
            Format = "int32",
            Minimum = min.ToString(CultureInfo.InvariantCulture),
            Maximum = max.ToString(CultureInfo.InvariantCulture),
        },
    };

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public static QueryParameter Flag(string name, string description) => new(name, description)
    {
        Schema = new OpenApiSchema { Type = JsonSchemaType.Boolean },
    };

    /// <summary>One of some values.</summary>
    public static QueryParameter OneOf(string name, string description, IEnumerable<string> values) => new(name, description)
    {
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. values] },
    };

    /// <summary>Texts, any of which may match.</summary>
    public static QueryParameter Texts(string name, string description) => new(name, $"{description}; repeat for any of several.")
    {
        Schema = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
    };

    /// <summary>Several of some values, any of which may match.</summary>
    public static QueryParameter SeveralOf(string name, string description, IEnumerable<string> values) =>
        new(name, $"{description}; repeat for any of several.")
    {
        Schema = new OpenApiSchema
        {
            Type = JsonSchemaType.Array,
            Items = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. values] },
        },
    };

    /// <summary>Whether a request's parameter is this one.</summary>
    public bool Matches(string name) => Name.EndsWith('*')
        ? name.Length >= Name.Length && name.StartsWith(Name[..^1], StringComparison.OrdinalIgnoreCase)
        : string.Equals(name, Name, StringComparison.OrdinalIgnoreCase);
}
