using System.Buffers;
using DeviceHarness.Codecs;
using DeviceHarness.Codecs.OtaImage;

namespace DeviceHarness.Drivers.ZigBeeAdapter.Ota;

/// <summary>An image that the server has, and for whom. Immutable.</summary>
public sealed class OtaOffer
{
    private OtaOffer(ReadOnlyMemory<byte> octets, in OtaHeader header)
    {
        Octets = octets;
        Image = new OtaImageId(header.ManufacturerCode, header.ImageType, header.FileVersion);
        Hardware = header.Hardware;
        Destination = header.Destination;
        StackVersion = header.StackVersion;
    }

    private OtaOffer(OtaOffer other)
    {
        Octets = other.Octets;
        Image = other.Image;
        Hardware = other.Hardware;
        Destination = other.Destination;
        StackVersion = other.StackVersion;
    }

    /// <summary>The image, from its magic number to its total size.</summary>
    public ReadOnlyMemory<byte> Octets { get; }

    /// <summary>Manufacturer, type and version.</summary>
    public OtaImageId Image { get; }

    /// <summary>The hardware versions that the image is for; null for any.</summary>
    public OtaHardwareRange? Hardware { get; }

    /// <summary>The EUI-64 of the only device that the image is for, as a number; null for any.</summary>
    public ulong? Destination { get; }

    /// <summary>The version of the protocol stack that the image is for.</summary>
    public ushort StackVersion { get; }

    /// <summary>The devices that may have it; null for all. A device that is not among them is told that there is none.</summary>
    public IReadOnlySet<ulong>? Clients { get; private init; }

    /// <summary>Whether a device with a newer version gets it too. A test says so on purpose; never by default.</summary>
    public bool AllowsDowngrade { get; private init; }

    /// <summary>When a device is to run it.</summary>
    public OtaActivation Activation { get; private init; } = OtaActivation.AtOnce;

    /// <summary>Takes a file.</summary>
    /// <param name="file">The file; up to 4 KiB before its magic number are passed over.</param>
    /// <param name="fault">What is wrong with it.</param>
    /// <returns>The offer, to everybody and without downgrade; null when the file is no image.</returns>
    public static OtaOffer? TryOf(ReadOnlyMemory<byte> file, out CodecFault fault)
    {
        int start = Math.Max(0, OtaFile.FindStart(file.Span));
        if (OtaFile.Decode(file.Span[start..], out OtaFile image, out int octets, out fault) != OperationStatus.Done)
        {
            return null;
        }

        return new OtaOffer(file.Slice(start, octets), image.Header);
    }

    /// <summary>The same offer with other terms.</summary>
    /// <param name="clients">The devices that may have it; null for all.</param>
    /// <param name="activation">When a device is to run it.</param>
    /// <param name="allowsDowngrade">Whether a device with a newer version gets it too.</param>
    public OtaOffer With(IReadOnlySet<ulong>? clients, OtaActivation activation, bool allowsDowngrade = false) => new(this)
    {
        Clients = clients,
        Activation = activation,
        AllowsDowngrade = allowsDowngrade,
    };

    internal bool IsMeantFor(ulong client) =>
        (Clients is null || Clients.Contains(client)) && (Destination is not { } destination || destination == client);

    internal bool IsForHardware(ushort? hardware) =>
        Hardware is not { } range || hardware is not { } version || range.Includes(version);

    internal bool Improves(OtaImageId current) => current.Manufacturer == Image.Manufacturer && current.ImageType == Image.ImageType
        && (Image.Version > current.Version || (AllowsDowngrade && Image.Version < current.Version));
}
