using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Zotify.Logging.Configuration;

/// <summary>
/// Validates options by their data annotations as <see cref="Validator"/> does, all properties first and then the object itself, but by the
/// properties of a type that the trimmer was told of.
/// </summary>
internal static class Annotations
{
    /// <summary>Every fault, with the names of the members that it is of.</summary>
    public static IReadOnlyList<ValidationResult> FaultsOf(
        object options, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] Type type)
    {
        ValidationResult[] faults =
        [
            .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.GetIndexParameters().Length == 0)
                .SelectMany(property => FaultsOf(options, property)),
        ];
        if (faults.Length > 0) return faults;
        faults = [.. Failed(options, type.GetCustomAttributes<ValidationAttribute>(inherit: true), Context(options, type.Name, null))];
        return faults.Length > 0 || options is not IValidatableObject self
            ? faults
            : [.. self.Validate(Context(options, type.Name, null)).Where(fault => fault != ValidationResult.Success)];
    }

    private static ValidationResult[] FaultsOf(object options, PropertyInfo property)
    {
        var rules = property.GetCustomAttributes<ValidationAttribute>(inherit: true).ToArray();
        if (rules.Length == 0) return [];
        var value = property.GetValue(options);
        var context = Context(options, property.GetCustomAttribute<DisplayAttribute>()?.GetName() ?? property.Name, property.Name);
        // What is missing has no other fault.
        var missing = Failed(value, rules.OfType<RequiredAttribute>(), context).ToArray();
        return missing.Length > 0 ? missing : [.. Failed(value, rules.Where(rule => rule is not RequiredAttribute), context)];
    }

    private static IEnumerable<ValidationResult> Failed(object? value, IEnumerable<ValidationAttribute> rules, ValidationContext context) =>
        rules.Select(rule => rule.GetValidationResult(value, context)).OfType<ValidationResult>();

    private static ValidationContext Context(object options, string display, string? member) =>
        new(options, display, serviceProvider: null, items: null) { MemberName = member };
}
