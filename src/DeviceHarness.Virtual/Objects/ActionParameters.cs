using DeviceHarness.Codecs.Axdr;

namespace DeviceHarness.Virtual.Objects;

/// <summary>Reads the parameter of a method.</summary>
internal static class ActionParameters
{
    /// <summary>Whether the parameter is <c>0F 00</c>, which methods without a real parameter take.</summary>
    public static bool IsIntegerZero(ReadOnlySpan<byte> parameters) =>
        TryReadNumber(parameters, DlmsDataType.Integer, out long value) && value == 0;

    /// <summary>Reads a number of one type.</summary>
    public static bool TryReadNumber(ReadOnlySpan<byte> parameters, DlmsDataType type, out long value)
    {
        value = 0;
        AxdrReader reader = new(parameters);
        return reader.TryReadValue(out AxdrValue read) && read.Type == type && reader.RemainingOctets == 0 && read.TryGetInt64(out value);
    }
}
