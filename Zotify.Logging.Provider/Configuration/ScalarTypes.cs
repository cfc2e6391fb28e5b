using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace Zotify.Logging.Configuration;

/// <summary>Converts the text of a configuration to a single value. Thread-safe.</summary>
internal static class ScalarTypes
{
    // The converters that TypeDescriptor would find, without its search.
    private static readonly Dictionary<Type, TypeConverter> Known = new()
    {
        [typeof(string)] = new StringConverter(),
        [typeof(bool)] = new BooleanConverter(),
        [typeof(char)] = new CharConverter(),
        [typeof(sbyte)] = new SByteConverter(),
        [typeof(byte)] = new ByteConverter(),
        [typeof(short)] = new Int16Converter(),
        [typeof(ushort)] = new UInt16Converter(),
        [typeof(int)] = new Int32Converter(),
        [typeof(uint)] = new UInt32Converter(),
        [typeof(long)] = new Int64Converter(),
        [typeof(ulong)] = new UInt64Converter(),
        [typeof(float)] = new SingleConverter(),
        [typeof(double)] = new DoubleConverter(),
        [typeof(decimal)] = new DecimalConverter(),
        [typeof(TimeSpan)] = new TimeSpanConverter(),
        [typeof(DateTime)] = new DateTimeConverter(),
        [typeof(DateTimeOffset)] = new DateTimeOffsetConverter(),
        [typeof(DateOnly)] = new DateOnlyConverter(),
        [typeof(TimeOnly)] = new TimeOnlyConverter(),
        [typeof(Guid)] = new GuidConverter(),
        [typeof(Uri)] = new UriTypeConverter(),
        [typeof(Version)] = new VersionConverter(),
    };

    /// <summary>Returns a function that converts a text; <see langword="null"/> for a type that is not a single value.</summary>
    /// <param name="type">The type, which may be nullable.</param>
    public static Func<string, object?>? ReaderOf(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (Known.TryGetValue(type, out var known)) return known.ConvertFromInvariantString;
        // The same as EnumConverter, which needs all fields of the type.
        if (type.IsEnum) return text => Enum.Parse(type, text, ignoreCase: true);
        return TrimmedProgram.BindsAnyType ? OfAnyType(type) : null;
    }

    [RequiresUnreferencedCode("Searches for the type's converter.")]
    private static Func<string, object?>? OfAnyType(Type type) =>
        TypeDescriptor.GetConverter(type) is var converter && converter.CanConvertFrom(typeof(string))
            ? converter.ConvertFromInvariantString
            : null;
}
