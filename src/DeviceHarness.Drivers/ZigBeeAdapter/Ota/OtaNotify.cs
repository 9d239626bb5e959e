using DeviceHarness.Codecs.Zcl;

namespace DeviceHarness.Drivers.ZigBeeAdapter.Ota;

/// <summary>How much an image notify says: each kind says what the one before says, and one field more.</summary>
public enum OtaNotifyKind : byte
{
    /// <summary>Jitter only: ask whether there is something.</summary>
    Jitter = 0,

    /// <summary>For devices of one manufacturer code.</summary>
    Manufacturer = 1,

    /// <summary>For one image type.</summary>
    ImageType = 2,

    /// <summary>For devices that have not this version.</summary>
    Version = 3,
}

/// <summary>Tells devices that there is an image.</summary>
/// <remarks>
/// Spec: ZigBee OTA Upgrade cluster, Image Notify, as this harness's ZigBee guide sums it up. A device that sleeps does not hear it:
/// it asks by itself, as a rule once a day.
/// </remarks>
public static class OtaNotify
{
    /// <summary>The jitter with which every client answers: that of a notify to one device.</summary>
    public const byte FullJitter = 100;

    /// <summary>Makes a notify.</summary>
    /// <param name="kind">How much it says.</param>
    /// <param name="image">What it says; FFFF for any manufacturer or type.</param>
    /// <param name="jitter">1 to 100: of all clients that hear it, about so many in a hundred answer.</param>
    /// <returns>What follows the ZCL header.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The jitter or the kind is out of range.</exception>
    public static byte[] Encode(OtaNotifyKind kind, OtaImageId image, byte jitter = FullJitter)
    {
        ArgumentOutOfRangeException.ThrowIfZero(jitter);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(jitter, FullJitter);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((byte)kind, (byte)OtaNotifyKind.Version, nameof(kind));
        MessageContent content = OtaAnswer.Create(OtaCommand.ImageNotify).Set("payload_type", (byte)kind).Set("query_jitter", jitter);

        // Fields that the kind does not say are left out by the layout.
        return content.Set("manufacturer_code", image.Manufacturer)
            .Set("image_type", image.ImageType)
            .Set("new_file_version", image.Version)
            .ToOctets();
    }
}
