using DeviceHarness.Abstractions.Errors;

namespace DeviceHarness.Drivers.Keys;

/// <summary>The codes of what keeps keys from being rotated or probed.</summary>
public static class KeyFaults
{
    /// <summary>The device has no key to rotate, or what is needed for it is not known.</summary>
    public const string NotRotatable = "KEYS-001";

    /// <summary>Another rotation or probe is under way.</summary>
    public const string UnderWay = "KEYS-002";

    /// <summary>There is no former key.</summary>
    public const string NoFormerKey = "KEYS-003";

    internal static LocalProtocolException CannotRotate(string device, string why) =>
        new(NotRotatable, $"{device}: {why}", "no key to rotate", "rotation");
}
