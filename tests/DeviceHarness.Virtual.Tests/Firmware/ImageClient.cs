using System.Globalization;
using FluentAssertions;

namespace DeviceHarness.Virtual.Tests.Firmware;

/// <summary>Transfers an image by the octets of class 18, composed by hand.</summary>
/// <param name="client">The client.</param>
/// <param name="name">The object's logical name, in hexadecimal.</param>
internal sealed class ImageClient(ScriptedClient client, string name = ImageClient.OfMeter)
{
    public const string OfMeter = "00002C0000FF";
    public const int BlockOctets = 16;
    public const string Success = "C701C10000";
    public const string Started = "C701C10200";
    public const string Refused = "C701C1FA00";
    public const string Activate = "C301C1001200002C0000FF04010F00";
    private const string Verify = "C301C1001200002C0000FF03010F00";

    public string? Initiate(int octets, string identifier = "342E332E30") =>
        Tell($"C301C1001200002C0000FF01010202{TextOf(identifier)}06{octets:X8}");

    public string? Send(int block, string octets) => Tell(
        string.Create(CultureInfo.InvariantCulture, $"C301C1001200002C0000FF0201020206{block:X8}{TextOf(octets)}"));

    public string? SendBlock(string image, int block) => Send(block, BlockOf(image, block));

    public string? VerifyImage() => Tell(Verify);

    public string? ActivateImage() => Tell(Activate);

    public int Status() => Convert.ToInt32(Tell("C001C1001200002C0000FF0600")![^2..], 16);

    public int FirstNotTransferred() => Convert.ToInt32(Tell("C001C1001200002C0000FF0400")![^8..], 16);

    public string? ImageToActivate() => Tell("C001C1001200002C0000FF0700");

    public string? Map() => Tell("C001C1001200002C0000FF0300");

    public static int Blocks(string image) => ((image.Length / 2) + BlockOctets - 1) / BlockOctets;

    public void Transfer(string image)
    {
        Initiate(image.Length / 2).Should().Be(Success);
        for (int block = 0; block < Blocks(image); block++)
        {
            SendBlock(image, block).Should().Be(Success);
        }
    }

    private string? Tell(string apdu) => client.Send(apdu.Replace(OfMeter, name, StringComparison.Ordinal));

    private static string BlockOf(string image, int block)
    {
        int start = block * BlockOctets * 2;
        return image.Substring(start, Math.Min(BlockOctets * 2, image.Length - start));
    }

    private static string TextOf(string hex) => $"09{hex.Length / 2:X2}{hex}";
}
