using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Drivers.Han;

namespace DeviceHarness.Drivers.SmartEnergy;

/// <summary>What a read brought: values by their attributes.</summary>
internal sealed class AttributeValues
{
    private readonly string _what;
    private readonly IReadOnlyList<AttributeResult> _results;
    private readonly Dictionary<ushort, ZclData> _values = [];

    /// <summary>Takes the results of a read.</summary>
    /// <exception cref="Abstractions.Errors.DeviceRefusedException">HAN-020: the device gave a status other than success, or that there is
    /// no such attribute.</exception>
    internal AttributeValues(string what, IReadOnlyList<AttributeResult> results)
    {
        _what = what;
        _results = results;
        foreach (AttributeResult result in results)
        {
            if (result.Status is not (ZclStatus.Success or ZclStatus.UnsupportedAttribute))
            {
                throw HanFaults.Refused($"{what}: attribute {result.Attribute:X4}", result.Status);
            }

            if (result.Value is { IsInvalid: false } value)
            {
                _values[result.Attribute] = value;
            }
        }
    }

    /// <summary>How the device's numbers are scaled; null when it did not tell.</summary>
    internal MeterScale? Scale => MeterScale.From(_results);

    /// <summary>A value; null when the device has none.</summary>
    internal ZclData? Find(ushort attribute) => _values.GetValueOrDefault(attribute);

    /// <summary>A value that a request cannot do without.</summary>
    /// <exception cref="Abstractions.Errors.DeviceRefusedException">HAN-020: the device does not have it.</exception>
    internal ZclData Require(ushort attribute) =>
        Find(attribute) ?? throw HanFaults.Refused($"{_what}: attribute {attribute:X4}", ZclStatus.UnsupportedAttribute);

    /// <summary>A number; null when the device has none.</summary>
    /// <exception cref="Abstractions.Errors.RemoteProtocolException">HAN-041: it is no number.</exception>
    internal long? Number(ushort attribute)
    {
        if (Find(attribute) is not { } value)
        {
            return null;
        }

        return value.View.TryGetInt64(out long number) ? number : throw Unfit(attribute, $"{value} is no number");
    }

    /// <summary>A text, cut to a length; null when the device has none.</summary>
    internal string? Text(ushort attribute, int characters)
    {
        string? text = Find(attribute)?.Text?.Trim();
        return string.IsNullOrEmpty(text) ? null : text.Length <= characters ? text : text[..characters];
    }

    /// <summary>An answer that does not fit.</summary>
    internal Abstractions.Errors.RemoteProtocolException Unfit(ushort attribute, string why) =>
        HanFaults.Unfit($"{_what}: attribute {attribute:X4}", why, Find(attribute)?.Octets ?? default);
}
