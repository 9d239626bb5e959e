using DeviceHarness.TestKit;
using DeviceHarness.Virtual.Flash;
using DeviceHarness.Virtual.Gsme;
using DeviceHarness.Virtual.Prepayment;

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
    }

    public ManualTimeProvider Time { get; } = new();

    public GasMeterModel Model { get; }

    public IMeterFlash Flash { get; }

    public GasMeterState State { get; }

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
}
