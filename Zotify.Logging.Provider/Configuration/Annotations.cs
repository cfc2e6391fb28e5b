using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Zotify.Logging.Configuration;

/// <summary>
/// Validates options by their data annotations as <see cref="Validator"/> does, all properties first and then the object itself. Unlike
/// that class, it reads the properties of a given type, which a trimmed program keeps.
/// </summary>
internal static class Annotations
{
    /// <summary>Returns every error, with the names of its members.</summary>
    public static IReadOnlyList<ValidationResult> ErrorsOf(
        object options, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] Type type)
    {
        ValidationResult[] errors =
        [
            .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.GetIndexParameters().Length == 0)
                .SelectMany(property => ErrorsOf(options, property)),
        ];
        if (errors.Length > 0) return errors;
        errors = [.. Failed(options, type.GetCustomAttributes<ValidationAttribute>(inherit: true), Context(options, type.Name, null))];
        return errors.Length > 0 || options is not IValidatableObject self
            ? errors
            : [.. self.Validate(Context(options, type.Name, null)).Where(error => error != ValidationResult.Success)];
    }

    private static ValidationResult[] ErrorsOf(object options, PropertyInfo property)
    {
        var rules = property.GetCustomAttributes<ValidationAttribute>(inherit: true).ToArray();
        if (rules.Length == 0) return [];
        var value = property.GetValue(options);
        var context = Context(options, property.GetCustomAttribute<DisplayAttribute>()?.GetName() ?? property.Name, property.Name);
        // A missing value has no other error.
        var missing = Failed(value, rules.OfType<RequiredAttribute>(), context).ToArray();
        return missing.Length > 0 ? missing : [.. Failed(value, rules.Where(rule => rule is not RequiredAttribute), context)];
    }

    private static IEnumerable<ValidationResult> Failed(object? value, IEnumerable<ValidationAttribute> rules, ValidationContext context) =>
        rules.Select(rule => rule.GetValidationResult(value, context)).OfType<ValidationResult>();

    private static ValidationContext Context(object options, string display, string? member) =>
        new(options, display, serviceProvider: null, items: null) { MemberName = member };
}
