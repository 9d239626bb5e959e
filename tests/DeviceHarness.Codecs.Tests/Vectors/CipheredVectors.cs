using DeviceHarness.Codecs.Security;
using DeviceHarness.TestKit;

namespace DeviceHarness.Codecs.Tests.Vectors;

/// <summary>The vectors about ciphering of the three files, and contexts made of their published test keys.</summary>
internal static class CipheredVectors
{
    /// <summary>Each ciphered service in each wrapper as another implementation made it, in the order of its counters.</summary>
    public static IReadOnlyList<TestVector> OfPeer { get; } = TestVector.Load("dlms/peer-services.json");

    /// <summary>Every vector of the files.</summary>
    public static IReadOnlyList<TestVector> All { get; } =
        [.. TestVector.Load("dlms/dlms-vectors.json"), .. TestVector.Load("dlms/ciphered-vectors.json"), .. OfPeer];

    /// <summary>Every vector with keys and the APDU in clear.</summary>
    public static IReadOnlyList<TestVector> Opened { get; } =
        [.. All.Where(vector => vector.Layer == "security" && vector.Fields.Has("plaintext"))];

    /// <summary>The vector of that name.</summary>
    public static TestVector Named(string name) => All.Single(vector => vector.Name == name);

    /// <summary>A key of a vector.</summary>
    public static CipherKey Key(TestVector vector, string field) => CipherKey.Create(vector.Fields.Text(field).Octets());

    /// <summary>The title of a vector's sender.</summary>
    public static SystemTitle Title(TestVector vector) => Title(vector.Fields.Text("system_title"));

    /// <summary>A title of hexadecimal digits.</summary>
    public static SystemTitle Title(string digits) => SystemTitle.TryParse(digits, out SystemTitle title)
        ? title
        : throw new ArgumentException($"'{digits}' is no title", nameof(digits));

    /// <summary>The counter of a vector.</summary>
    public static uint Counter(TestVector vector) => Convert.ToUInt32(vector.Fields.Text("invocation_counter"), 16);

    /// <summary>How a vector is protected.</summary>
    public static SecurityControl Control(TestVector vector) => new(vector.Fields.Text("security_control").Octets()[0]);

    /// <summary>The side that receives a vector: it holds the key as unicast, broadcast and dedicated key.</summary>
    public static SecurityContext Receiver(TestVector vector)
    {
        SecurityContext context = Make(vector, Title("4F5448455253494445"[..16]), new SecurityCounters(
            new SendCounter(0, new CounterMemory()), new ReceiveCounter(), null, new ReceiveCounter()));
        context.PeerTitle = Title(vector);
        return context;
    }

    /// <summary>The side that sends a vector: its next counter is the vector's.</summary>
    public static SecurityContext Sender(TestVector vector)
    {
        uint counter = Counter(vector);
        return Make(vector, Title(vector), new SecurityCounters(
            new SendCounter(counter, new CounterMemory()), new ReceiveCounter(), new SendCounter(counter, new CounterMemory())));
    }

    private static SecurityContext Make(TestVector vector, SystemTitle own, SecurityCounters counters)
    {
        SecurityControl control = Control(vector);
        CipherKey key = Key(vector, "encryption_key");
        GlobalKeys keys = new(key, Key(vector, "authentication_key"), key);
        SecurityContext context = new(control.Suite, own, keys, counters)
        {
            Protection = control.Protection,
            MinimumProtection = control.Protection,
        };
        context.UseDedicatedKey(key);
        return context;
    }
}
