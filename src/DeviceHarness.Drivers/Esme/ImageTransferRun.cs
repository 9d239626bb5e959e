using DeviceHarness.Duis.Bodies.Firmware;

namespace DeviceHarness.Drivers.Esme;

/// <summary>How far one request has brought an image.</summary>
internal sealed class ImageTransferRun(FirmwareImage image, string version, bool isToBeInterrupted)
{
    /// <summary>The image.</summary>
    internal FirmwareImage Image { get; } = image;

    /// <summary>The version that it brings.</summary>
    internal string Version { get; } = version;

    /// <summary>Whether the link is still to be closed on purpose.</summary>
    internal bool IsToBeInterrupted { get; set; } = isToBeInterrupted;

    /// <summary>Whether this is the moment to close it: half of the blocks are there, and one is to come.</summary>
    internal bool IsInterruptedNow => IsToBeInterrupted && Next > 0 && Next >= Blocks / 2 && Next < Blocks;

    /// <summary>The size of every block but the last; not zero once the device was asked.</summary>
    internal int BlockOctets { get; set; } = 1;

    /// <summary>The number of blocks.</summary>
    internal int Blocks => ((Image.Octets.Length - 1) / BlockOctets) + 1;

    /// <summary>The block to send next.</summary>
    internal int Next { get; set; }

    /// <summary>What is in the block to send next.</summary>
    internal ReadOnlyMemory<byte> Block =>
        Image.Octets.Slice(Next * BlockOctets, Math.Min(BlockOctets, Image.Octets.Length - (Next * BlockOctets)));

    /// <summary>Whether all blocks are there and the device was asked to verify.</summary>
    internal bool IsVerifying { get; set; }

    /// <summary>How often the transfer was begun.</summary>
    internal int Starts { get; set; }

    /// <summary>How often it went on where it had stopped.</summary>
    internal int Resumptions { get; set; }

    /// <summary>What happened, in words.</summary>
    internal string Summary => $"{Blocks} blocks of {BlockOctets} octets, begun {Starts} times, resumed {Resumptions} times";
}
