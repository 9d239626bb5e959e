using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Variables;

namespace DeviceHarness.Packs.Loader;

/// <summary>The pack whose cases are being read.</summary>
/// <param name="Roles">Its device roles.</param>
/// <param name="Parameters">Its parameters with the values in force.</param>
/// <param name="Source">Its name and version when another pack takes it in; else empty.</param>
/// <param name="Prefix">What stands before the ids of its cases; empty for nothing.</param>
internal sealed record PackFrame(PackRoles Roles, IReadOnlyList<PackParameter> Parameters, string Source, string Prefix)
{
    /// <summary>The values in force by name.</summary>
    public IReadOnlyDictionary<string, string> Values { get; } =
        Parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value, StringComparer.Ordinal);

    /// <summary>The text with the values of the parameters in place of what refers to them.</summary>
    public string Fill(string text) => text.Contains($"${{{BuiltInVariables.Parameter}.", StringComparison.Ordinal)
        ? Values.Aggregate(text, (filled, value) =>
            filled.Replace($"${{{BuiltInVariables.Parameter}.{value.Key}}}", value.Value, StringComparison.Ordinal))
        : text;
}
