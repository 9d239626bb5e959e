using System.Security.Cryptography;

namespace DeviceHarness.Drivers.Tests.Esme;

/// <summary>The image transfer of a meter, written for these tests from the standard, octet by octet; no code of the product, and none of
/// the virtual devices, is involved.</summary>
internal sealed class ScriptedImageMeter(ScriptedMeter meter)
{
    private const int BlockOctets = 40;
    private readonly Dictionary<int, byte[]> _blocks = [];
    private byte[] _identifier = [];
    private int _size;

    /// <summary>Attribute 6.</summary>
    public int Status { get; set; }

    /// <summary>What runs.</summary>
    public string Version { get; set; } = "4.2.0";

    /// <summary>Attribute 5.</summary>
    public bool IsEnabled { get; set; } = true;

    /// <summary>Before each method that does something: a cut of the power. The number counts those calls from 0.</summary>
    public Func<int, Cut> Power { get; set; } = _ => Cut.None;

    /// <summary>Whether blocks and status survive a loss of power.</summary>
    public bool KeepsTransfer { get; set; } = true;

    /// <summary>How often verification is answered by "still at it", and status 2 is read.</summary>
    public int VerificationPolls { get; set; }

    /// <summary>What verification finds.</summary>
    public bool FindsGood { get; set; } = true;

    /// <summary>The signature in attribute 7; null computes the hash of what was received.</summary>
    public byte[]? Signature { get; set; }

    /// <summary>Blocks that are said to be taken and are not, once.</summary>
    public HashSet<int> Loses { get; } = [];

    /// <summary>Whether the activation answers, or the meter is gone before.</summary>
    public bool AnswersActivation { get; set; } = true;

    /// <summary>Attribute 6 after the activation's restart.</summary>
    public int StatusAfterActivation { get; set; } = 6;

    /// <summary>How many blocks came, in order.</summary>
    public List<int> BlocksSeen { get; } = [];

    public int Initiations { get; private set; }

    public int Verifications { get; private set; }

    public int Activations { get; private set; }

    /// <summary>What was received.</summary>
    public byte[] Received => [.. _blocks.OrderBy(block => block.Key).SelectMany(block => block.Value)];

    private int _calls;

    public enum Cut
    {
        None,
        BeforeTheCall,
        AfterTheCall,
    }

    /// <summary>Answers class 18 and the firmware version; null for anything else.</summary>
    public byte[]? Answer(byte[] apdu)
    {
        bool isImage = apdu.Length > 12 && apdu[4] == 18;
        bool isVersion = apdu.Length > 12 && apdu[0] == 0xC0 && Convert.ToHexString(apdu[5..11]) == "00002A0000FF";
        if (isVersion)
        {
            return Get([0x09, (byte)Version.Length, .. Version.Select(letter => (byte)letter)]);
        }

        return !isImage ? null : apdu[0] switch
        {
            0xC0 => Read(apdu[11]),
            0xC1 => Enable(apdu),
            _ => Call(apdu[11], apdu),
        };
    }

    private static byte[] Get(byte[] data) => [0xC4, 0x01, 0xC1, 0x00, .. data];

    private static byte[] Result(byte code) => [0xC7, 0x01, 0xC1, code, 0x00];

    private static byte[] Number(int value) => [0x06, (byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];

    private byte[] Read(int attribute)
    {
        switch (attribute)
        {
            case 2:
                return Get(Number(BlockOctets));
            case 4:
                return Get(Number(Enumerable.Range(0, 10_000).First(block => !_blocks.ContainsKey(block))));
            case 5:
                return Get([0x03, IsEnabled ? (byte)1 : (byte)0]);
            case 6:
                int status = Status;
                if (status == 2 && --VerificationPolls < 0)
                {
                    Status = FindsGood ? 3 : 4;
                }

                return Get([0x16, (byte)Status]);
            default:
                byte[] signature = Signature ?? SHA256.HashData(Received);
                byte[] image =
                [
                    0x01, 0x01, 0x02, 0x03, .. Number(_size), 0x09, (byte)_identifier.Length, .. _identifier, 0x09, (byte)signature.Length,
                    .. signature,
                ];
                return Get(Status == 3 ? image : [0x01, 0x00]);
        }
    }

    private byte[] Enable(byte[] apdu)
    {
        IsEnabled = apdu[^1] != 0;
        return [0xC5, 0x01, 0xC1, 0x00];
    }

    private byte[] Call(int method, byte[] apdu)
    {
        Cut cut = Power(_calls++);
        if (cut == Cut.BeforeTheCall)
        {
            return LosePower();
        }

        byte[] answer = method switch
        {
            1 => Initiate(apdu),
            2 => Take(apdu),
            3 => Verify(),
            _ => Activate(),
        };
        return cut == Cut.AfterTheCall ? LosePower() : answer;
    }

    private byte[] Initiate(byte[] apdu)
    {
        // 01 | 02 02 | 09 length identifier | 06 size
        int length = apdu[16];
        _identifier = apdu[17..(17 + length)];
        _size = Int(apdu, 18 + length);
        _blocks.Clear();
        Status = 1;
        Initiations++;
        return Result(0);
    }

    private byte[] Take(byte[] apdu)
    {
        // 01 | 02 02 | 06 number | 09 length octets
        if (Status != 1)
        {
            return Result(250);
        }

        int number = Int(apdu, 16);
        BlocksSeen.Add(number);
        if (!Loses.Remove(number))
        {
            _blocks[number] = apdu[22..(22 + apdu[21])];
        }

        return Result(0);
    }

    private byte[] Verify()
    {
        Verifications++;
        if (Received.Length != _size)
        {
            return Result(1);
        }

        Status = VerificationPolls > 0 ? 2 : FindsGood ? 3 : 4;
        return Result(VerificationPolls > 0 ? (byte)2 : FindsGood ? (byte)0 : (byte)250);
    }

    private byte[] Activate()
    {
        Activations++;
        if (Status != 3)
        {
            return Result(250);
        }

        Status = StatusAfterActivation;
        Version = StatusAfterActivation is 6 or 0 ? "4.3.0" : Version;
        meter.HasLostLink = true;
        return AnswersActivation ? Result(2) : [];
    }

    private byte[] LosePower()
    {
        meter.HasLostLink = true;
        if (!KeepsTransfer)
        {
            _blocks.Clear();
            Status = 0;
        }
        else if (Status == 2)
        {
            Status = 1;
        }

        return [];
    }

    private static int Int(byte[] octets, int offset) =>
        (octets[offset] << 24) | (octets[offset + 1] << 16) | (octets[offset + 2] << 8) | octets[offset + 3];
}
