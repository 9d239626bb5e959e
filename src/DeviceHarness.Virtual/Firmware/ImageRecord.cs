namespace DeviceHarness.Virtual.Firmware;

/// <summary>What a meter keeps in flash about an image transfer, beside the image and its block map.</summary>
/// <param name="Status">How far it has come.</param>
/// <param name="Identifier">The identifier that initiated it, in hexadecimal.</param>
/// <param name="ImageOctets">The announced size of the image.</param>
/// <param name="BlockOctets">The size of a block.</param>
/// <param name="IsPowerCutSpent">Whether this transfer lost its power already.</param>
internal sealed record ImageRecord(
    ImageTransferStatus Status, string Identifier, int ImageOctets, int BlockOctets, bool IsPowerCutSpent)
{
    /// <summary>A meter that holds no image.</summary>
    public static ImageRecord Empty { get; } = new(ImageTransferStatus.NotInitiated, string.Empty, 0, 1, false);
}
