using System.Text.Json;
using DeviceHarness.TestKit;

namespace DeviceHarness.Drivers.Tests;

/// <summary>Makes a meter's frames without any code of the product: a test that used our encoder would agree with itself when it is wrong.
/// It is held against the frames of other implementations in <see cref="MeterFramesTests"/>.</summary>
public static class MeterFrames
{
    /// <summary>Server 1 and client 16, as in the frames of the vectors.</summary>
    public const byte Server = 0x03;

    public const byte Client = 0x21;

    private static readonly Lazy<IReadOnlyDictionary<string, JsonElement>> Vectors = new(Load);

    /// <summary>UA with the default parameters, or with those given.</summary>
    public static byte[] Ua(string information = "") => Frame(0x73, information.Octets());

    public static byte[] Dm() => Frame(0x1F, []);

    public static byte[] ReceiveReady(int receiveSequence) => Frame((receiveSequence << 5) | 0x11, []);

    public static byte[] ReceiveNotReady(int receiveSequence) => Frame((receiveSequence << 5) | 0x15, []);

    /// <summary>An information frame whose APDU starts here, with its LLC header.</summary>
    public static byte[] Information(int sendSequence, int receiveSequence, byte[] apdu) =>
        Frame((receiveSequence << 5) | 0x10 | (sendSequence << 1), [0xE6, 0xE7, 0x00, .. apdu]);

    /// <summary>Any frame from the meter to the client.</summary>
    public static byte[] Frame(int control, byte[] information, bool isSegmented = false) =>
        Frame(Client, Server, control, information, isSegmented);

    public static byte[] Frame(byte destination, byte source, int control, byte[] information, bool isSegmented = false)
    {
        int length = 2 + 3 + 2 + (information.Length > 0 ? information.Length + 2 : 0);
        List<byte> octets = [(byte)(0xA0 | (isSegmented ? 8 : 0) | (length >> 8)), (byte)length, destination, source, (byte)control];
        AddChecksum(octets);
        if (information.Length > 0)
        {
            octets.AddRange(information);
            AddChecksum(octets);
        }

        return [0x7E, .. octets, 0x7E];
    }

    /// <summary>The octets between the flags of a frame without information, with checksum and flags.</summary>
    public static byte[] Checked(byte[] body)
    {
        List<byte> octets = [.. body];
        AddChecksum(octets);
        return [0x7E, .. octets, 0x7E];
    }

    /// <summary>The octets of a vector.</summary>
    public static byte[] Vector(string name) => Vectors.Value[name].GetProperty("hex").GetString()!.Octets();

    /// <summary>The information field of a vector that is a frame with one-octet addresses, without LLC header.</summary>
    public static byte[] VectorApdu(string name) => Vector(name)[11..^3];

    /// <summary>The frames of a vector that is an exchange, in order.</summary>
    public static IReadOnlyList<byte[]> VectorFrames(string name) =>
        [.. Vectors.Value[name].GetProperty("fields").GetProperty("frames").EnumerateArray()
            .Select(frame => frame.GetProperty("hex").GetString()!.Octets())];

    public static IEnumerable<string> NamesOf(string layer) =>
        Vectors.Value.Where(pair => pair.Value.GetProperty("layer").GetString() == layer && pair.Value.GetProperty("valid").GetBoolean())
            .Select(pair => pair.Key);

    private static void AddChecksum(List<byte> octets)
    {
        int register = 0xFFFF;
        foreach (byte octet in octets)
        {
            register ^= octet;
            for (int bit = 0; bit < 8; bit++)
            {
                register = (register & 1) != 0 ? (register >> 1) ^ 0x8408 : register >> 1;
            }
        }

        register ^= 0xFFFF;
        octets.Add((byte)register);
        octets.Add((byte)(register >> 8));
    }

    private static Dictionary<string, JsonElement> Load()
    {
        string path = Path.Combine(RepositoryRoot.Path, "firmware-fixtures", "dlms", "dlms-vectors.json");
        JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
        return document.RootElement.GetProperty("vectors").EnumerateArray()
            .ToDictionary(vector => vector.GetProperty("name").GetString()!, vector => vector);
    }
}
