using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Zotify.Logging.Handlers;

namespace Zotify.Logging.Configuration;

/// <summary>The kinds of options that a configuration can hold: a value, a list, a map by name, or a section.</summary>
internal static class OptionTypes
{
    /// <summary>The members of a type that a trimmed program keeps, so that the configuration can set its options.</summary>
    public const DynamicallyAccessedMemberTypes Kept =
        DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicParameterlessConstructor;

    /// <summary>Whether an option of the type is a single value.</summary>
    public static bool IsScalar(Type type) => ScalarTypes.ReaderOf(type) is not null;

    /// <summary>
    /// The type of a section below the options. In a trimmed program, which may lack the members of others, it must be one of these;
    /// <see langword="null"/> for any other.
    /// </summary>
    [return: DynamicallyAccessedMembers(Kept)]
    public static Type? Section(Type type) =>
        type == typeof(DatabaseOptions) ? typeof(DatabaseOptions)
        : type == typeof(HashKeyOptions) ? typeof(HashKeyOptions)
        : type == typeof(RingOptions) ? typeof(RingOptions)
        : type == typeof(SourceOptions) ? typeof(SourceOptions)
        : TrimmedProgram.BindsAnyType ? AnyType(type)
        : null;

    /// <summary>The type of a list's items; <see langword="null"/> for a type that is not a list.</summary>
    public static Type? ItemOfList(Type type) =>
        type.IsArray ? type.GetElementType()
        : type != typeof(string) && type.IsGenericType && typeof(IEnumerable).IsAssignableFrom(type) && ValueOfMap(type) is null
            ? type.GenericTypeArguments[0]
        : null;

    /// <summary>The type of the values of a map by name; <see langword="null"/> for a type that is not a map.</summary>
    public static Type? ValueOfMap(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() is var generic
        && (generic == typeof(Dictionary<,>) || generic == typeof(IDictionary<,>) || generic == typeof(IReadOnlyDictionary<,>))
            ? type.GenericTypeArguments[1]
            : null;

    /// <summary>Describes a value of the type, for messages.</summary>
    public static string Expected(Type type) => type switch
    {
        { IsEnum: true } => string.Join(" or ", Enum.GetNames(type)),
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(TimeSpan) => "a time span such as 00:00:30 or 30.00:00:00",
        _ when type == typeof(int) || type == typeof(long) => "a whole number",
        _ when type == typeof(string) => "a text",
        _ => $"a {type.Name}",
    };

    [RequiresUnreferencedCode("The type's properties may be trimmed away.")]
    [return: DynamicallyAccessedMembers(Kept)]
    private static Type AnyType(Type type) => type;
}
