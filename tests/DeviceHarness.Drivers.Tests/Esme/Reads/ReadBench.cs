using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Drivers.Dlms;
using DeviceHarness.Drivers.Esme;
using DeviceHarness.Drivers.Profiles;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.TestKit;
using DeviceHarness.TestKit.Lines;
using DeviceHarness.Transports.Memory;

namespace DeviceHarness.Drivers.Tests.Esme.Reads;

/// <summary>A driver with the generic profile before a meter whose objects are octets written by hand. A request for an object that it
/// lacks is answered object-undefined.</summary>
internal sealed class ReadBench : IAsyncDisposable
{
    private readonly LockstepLine _line;

    internal ReadBench(Func<DeviceProfile, DeviceProfile>? change = null, ExpectedIdentity? identity = null)
    {
        MemoryTransportPair pair = MemoryTransportPair.Create("esme-01");
        _line = new LockstepLine(pair.Near, pair.Far, new ManualTimeProvider());
        Meter = new ScriptedMeter(_line.Far);
        Meter.Answer("60", MeterFrames.VectorApdu("i-aare-none-1byte"));
        Meter.Responder = Respond;
        DeviceProfile profile = TestProfile.Load();
        Driver = new EsmeDriver(new EsmeOptions
        {
            Id = new DeviceId("esme-01"),
            Profile = change is null ? profile : change(profile),
            Transport = _line.Near,
            TimeProvider = _line.Clock,
            Identity = identity,
        });
    }

    internal ScriptedMeter Meter { get; }

    internal EsmeDriver Driver { get; }

    /// <summary>The objects: class, logical name and attribute in hexadecimal; the encoded value.</summary>
    internal Dictionary<string, byte[]> Objects { get; } = [];

    /// <summary>Objects that are given in blocks: the octets of each block.</summary>
    internal Dictionary<string, byte[][]> Blocks { get; } = [];

    /// <summary>How the meter refuses an object that it does not refuse by lacking it: the data-access-result.</summary>
    internal byte Refusal { get; set; } = 4;

    /// <summary>The attribute that answers nothing; empty for none.</summary>
    internal string Silent { get; set; } = string.Empty;

    /// <summary>What was written and invoked, in order: class, logical name, attribute or method, and the encoded value, in
    /// hexadecimal; <c>SET</c> or <c>ACTION</c> before it.</summary>
    internal List<string> Changes { get; } = [];

    /// <summary>How the meter answers the changes: their results in order; success for all that follow.</summary>
    internal Queue<byte> Results { get; } = new();

    /// <summary>The number of the change, from 0, that is answered by nothing; none when it is below 0.</summary>
    internal int SilentChange { get; set; } = -1;

    /// <summary>The selective access of the last GET that had one, in hexadecimal.</summary>
    internal string LastSelection { get; private set; } = string.Empty;

    private string _inBlocks = string.Empty;

    internal ReadBench With(string attribute, string data)
    {
        Objects[Key(attribute)] = data.Octets();
        return this;
    }

    internal ReadBench WithBlocks(string attribute, params string[] blocks)
    {
        Blocks[Key(attribute)] = [.. blocks.Select(block => block.Octets())];
        return this;
    }

    internal Task<SrvResult> RunAsync(SrvRequestBody body) => Driver.ExecuteAsync(body, CancellationToken.None).DefaultTimeout();

    public async ValueTask DisposeAsync()
    {
        await Driver.DisposeAsync();
        await _line.Near.DisposeAsync();
        await Meter.DisposeAsync();
    }

    private static string Key(string attribute) => attribute.Replace(" ", string.Empty, StringComparison.Ordinal);

    private byte[]? Respond(byte[] request)
    {
        if (request[0] is 0xC1 or 0xC3)
        {
            return Change(request);
        }

        if (request[0] != 0xC0)
        {
            return null;
        }

        if (request[1] == 0x02)
        {
            return Block(_inBlocks, request[6] + 1);
        }

        const int descriptorOctets = 9;
        string key = Convert.ToHexString(request, 3, descriptorOctets);
        int selection = 3 + descriptorOctets;
        if (request[selection] != 0)
        {
            LastSelection = Convert.ToHexString(request, selection + 1, request.Length - selection - 1);
        }

        if (Silent.Length > 0 && key == Key(Silent))
        {
            return [];
        }

        if (Blocks.ContainsKey(key))
        {
            _inBlocks = key;
            return Block(key, 1);
        }

        return Objects.TryGetValue(key, out byte[]? data)
            ? [0xC4, 0x01, 0xC1, 0x00, .. data]
            : (byte[])[0xC4, 0x01, 0xC1, 0x01, Refusal];
    }

    /// <summary>SET and ACTION in their normal forms: the tests need no blocks.</summary>
    private byte[] Change(byte[] request)
    {
        const int valueStart = 13;
        bool isSet = request[0] == 0xC1;
        Changes.Add($"{(isSet ? "SET" : "ACTION")} {Convert.ToHexString(request, 3, 9)} {Convert.ToHexString(request[valueStart..])}");
        if (Changes.Count - 1 == SilentChange)
        {
            return [];
        }

        byte result = Results.TryDequeue(out byte next) ? next : (byte)0;
        return isSet ? [0xC5, 0x01, 0xC1, result] : [0xC7, 0x01, 0xC1, result, 0x00];
    }

    private byte[] Block(string key, int number)
    {
        byte[] octets = Blocks[key][number - 1];
        byte isLast = number == Blocks[key].Length ? (byte)1 : (byte)0;
        return [0xC4, 0x02, 0xC1, isLast, 0, 0, 0, (byte)number, 0, (byte)octets.Length, .. octets];
    }
}
