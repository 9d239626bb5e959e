using DeviceHarness.Codecs.Dlms;

namespace DeviceHarness.Drivers.Profiles;

/// <summary>How the alerts of a model are read out of what it sends unasked.</summary>
/// <param name="Code">The attribute whose value an event notification tells: the number of the event.</param>
/// <param name="Part">Where the number stands in the structure of a data notification, from 1, level by level; empty when the data is the
/// number.</param>
/// <param name="Codes">The alert codes of the model's own numbers, four hexadecimal digits each; a number that is left out is the code
/// itself.</param>
public sealed record AlertMap(
    CosemAttributeDescriptor Code, IReadOnlyList<int> Part, IReadOnlyDictionary<int, string> Codes)
{
    /// <summary>The alert code of a number that a device told.</summary>
    /// <param name="number">The number, 0 to 65,535.</param>
    /// <returns>Four upper-case hexadecimal digits.</returns>
    public string CodeOf(int number) => Codes.TryGetValue(number, out string? code)
        ? code
        : number.ToString("X4", System.Globalization.CultureInfo.InvariantCulture);
}
