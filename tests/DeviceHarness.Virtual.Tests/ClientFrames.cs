using System.Globalization;

namespace DeviceHarness.Virtual.Tests;

/// <summary>Frames as a client writes them, composed without the product's codecs: bit-by-bit CRC, table of none.</summary>
internal static class ClientFrames
{
    public const byte PublicClient = 0x21;
    public const byte ManagementClient = 0x03;

    public static byte[] Snrm(byte client = PublicClient, string server = "03", string information = "") =>
        Frame(server, client, 0x93, information);

    public static byte[] Disc(byte client = PublicClient, string server = "03") => Frame(server, client, 0x53);

    public static byte[] ReceiveReady(int receiveSequence, byte client = PublicClient, string server = "03") =>
        Frame(server, client, (byte)((receiveSequence << 5) | 0x11));

    public static byte[] Information(
        int sendSequence,
        int receiveSequence,
        string information,
        byte client = PublicClient,
        bool isSegmented = false,
        string server = "03") =>
        Frame(server, client, (byte)((receiveSequence << 5) | 0x10 | (sendSequence << 1)), information, isSegmented);

    public static byte[] Frame(string server, byte client, byte control, string information = "", bool isSegmented = false)
    {
        byte[] destination = Convert.FromHexString(server);
        byte[] payload = Convert.FromHexString(information);
        int length = 2 + destination.Length + 2 + 2 + (payload.Length == 0 ? 0 : payload.Length + 2);
        List<byte> body = [(byte)(0xA0 | (isSegmented ? 8 : 0) | (length >> 8)), (byte)length, .. destination, client, control];
        if (payload.Length > 0)
        {
            AppendCrc(body);
            body.AddRange(payload);
        }

        AppendCrc(body);
        return [0x7E, .. body, 0x7E];
    }

    public static IReadOnlyList<ServerFrame> Parse(ReadOnlySpan<byte> octets)
    {
        List<ServerFrame> frames = [];
        while (!octets.IsEmpty)
        {
            int length = ((octets[1] & 7) << 8) | octets[2];
            ReadOnlySpan<byte> body = octets.Slice(1, length);
            int addressOctets = 0;
            while ((body[3 + addressOctets++] & 1) == 0)
            {
            }

            int header = 3 + addressOctets + 1;
            string information = length > header + 2 ? Convert.ToHexString(body[(header + 2)..^2]) : string.Empty;
            frames.Add(new ServerFrame(
                body[2], Convert.ToHexString(body.Slice(3, addressOctets)), body[header - 1], information, (octets[1] & 8) != 0));
            octets = octets[(length + 2)..];
        }

        return frames;
    }

    private static void AppendCrc(List<byte> body)
    {
        int crc = 0xFFFF;
        foreach (byte octet in body)
        {
            crc ^= octet;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0x8408 : crc >> 1;
            }
        }

        crc ^= 0xFFFF;
        body.Add((byte)crc);
        body.Add((byte)(crc >> 8));
    }
}

/// <summary>A frame that the server sent.</summary>
internal sealed record ServerFrame(byte Client, string Server, byte Control, string Information, bool IsSegmented)
{
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Control:X2} {Information}{(IsSegmented ? " +" : string.Empty)}");
}
