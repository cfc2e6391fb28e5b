using System.Globalization;
using Microsoft.OpenApi;

namespace Zotify.Logging.AspNetCore.Endpoints;

/// <summary>A parameter that an endpoint takes: what <see cref="QueryReader"/> accepts and the API description shows.</summary>
/// <remarks>A class, because the runtime compiles each collection and query of a struct anew.</remarks>
/// <param name="Name">The name.</param>
/// <param name="Description">What it does, with its default.</param>
internal sealed record QueryParameter(string Name, string Description)
{
    /// <summary>The end of the name of a parameter that excludes.</summary>
    public const string Not = ".not";

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

    /// <summary>Texts, none of which may match: <c>name.not</c>.</summary>
    /// <param name="name">The name of the parameter that requires.</param>
    /// <param name="description">What is excluded.</param>
    public static QueryParameter Excluded(string name, string description) => new($"{name}{Not}", $"{description}; repeat for several.")
    {
        Schema = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
    };

    /// <summary>Some values, none of which may match: <c>name.not</c>.</summary>
    public static QueryParameter ExcludedOf(string name, string description, IEnumerable<string> values) =>
        new($"{name}{Not}", $"{description}; repeat for several.")
    {
        Schema = new OpenApiSchema
        {
            Type = JsonSchemaType.Array,
            Items = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. values] },
        },
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

    /// <summary>Whether the names below it are a part of the parameter's name: <c>details[name]</c> or <c>details.name</c>.</summary>
    public bool IsObject { get; private init; }

    /// <summary>Values by names: <c>details[name]=value</c>.</summary>
    public static QueryParameter Object(string name, string description) => new(name, description)
    {
        IsObject = true,
        Schema = new OpenApiSchema
        {
            Type = JsonSchemaType.Object, AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.String },
        },
    };

    /// <summary>Whether a request's parameter is this one.</summary>
    public bool Matches(string name) => IsObject
        ? name.Length > Name.Length + 1 && name[Name.Length] is ('[' or '.') && name.StartsWith(Name, StringComparison.OrdinalIgnoreCase)
        : string.Equals(name, Name, StringComparison.OrdinalIgnoreCase);
}
