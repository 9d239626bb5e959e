using System.Globalization;
using System.Text.Json;
using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.TestKit;
using DeviceHarness.Virtual.Flash;
using DeviceHarness.Virtual.Gsme;
using DeviceHarness.Virtual.Prepayment;
using DeviceHarness.Virtual.ZigBee.Clusters;

namespace DeviceHarness.Virtual.Tests.Gsme;

/// <summary>The virtual GSME of the repository under a manual clock.</summary>
internal sealed class GasFixture
{
    public GasFixture(Func<GasMeterModel, GasMeterModel>? change = null, IMeterFlash? flash = null)
    {
        GasMeterModel model = DefaultModel() with { HistoryDays = 0 };
        Model = change is null ? model : change(model);
        Flash = flash ?? new MemoryFlash();
        State = new GasMeterState(Model, Time, Flash);
        Endpoint = new GasEndpoint(State);
        Cycle = new GasWakeCycle(Endpoint);
    }

    public ManualTimeProvider Time { get; } = new();

    public GasMeterModel Model { get; }

    public IMeterFlash Flash { get; }

    public GasMeterState State { get; }

    public GasEndpoint Endpoint { get; }

    public GasWakeCycle Cycle { get; }

    public static GasMeterModel DefaultModel() =>
        GasMeterModelReader.ReadFile(Path.Combine(RepositoryRoot.Path, "rigs", "virtual", "gsme.yaml"));

    public static GasMeterModel Prepaid(GasMeterModel model, int balance) =>
        model with { Prepayment = model.Prepayment with { Mode = PaymentMode.Prepayment, Balance = balance } };

    public string Token(int pence, int number) =>
        new Utrn(pence, number).Write(Model.SerialNumber, Model.Prepayment.TestTokenKey);

    public void Live(TimeSpan time)
    {
        Time.Advance(time);
        State.Settle();
    }

    /// <summary>A frame of the vectors, in capital hexadecimal digits.</summary>
    public static string Vector(string name) => Vectors.Value[name];

    /// <summary>A frame to the endpoint and its answers, all in hexadecimal.</summary>
    public string[] Send(ushort cluster, string frame, bool isSecured = true) =>
        [.. Endpoint.Answer(Addressed(cluster, isSecured), Convert.FromHexString(frame)).Select(Convert.ToHexString)];

    /// <summary>A frame over the air: what the meter sends then, as cluster, endpoint and frame.</summary>
    public string[] Hear(ushort cluster, string frame, bool isSecured = true) =>
        Written(Cycle.Receive(Addressed(cluster, isSecured), Convert.FromHexString(frame)));

    /// <summary>Lets the time pass until the meter wakes by itself.</summary>
    public string[] WakeNext()
    {
        Time.Advance(Cycle.NextWake - State.Clock.Elapsed);
        return Written(Cycle.Advance());
    }

    private static Lazy<IReadOnlyDictionary<string, string>> Vectors { get; } = new(() =>
    {
        string path = Path.Combine(RepositoryRoot.Path, "firmware-fixtures", "zigbee", "zcl-vectors.json");
        using JsonDocument file = JsonDocument.Parse(File.ReadAllBytes(path));
        return file.RootElement.GetProperty("vectors").EnumerateArray().ToDictionary(
            vector => vector.GetProperty("name").GetString()!, vector => vector.GetProperty("hex").GetString()!.ToUpperInvariant());
    });

    private static EmberApsFrame Addressed(ushort cluster, bool isSecured) =>
        new(0x0109, cluster, 1, 1, isSecured ? EmberApsOptions.Encryption : EmberApsOptions.None, 0, 0);

    private static string[] Written(IEnumerable<HanMessage> messages) => [.. messages.Select(message => string.Create(
        CultureInfo.InvariantCulture, $"{message.Cluster:X4} {message.Endpoint} {Convert.ToHexString(message.Frame)}"))];
}
