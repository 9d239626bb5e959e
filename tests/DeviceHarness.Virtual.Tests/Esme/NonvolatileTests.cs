using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Flash;
using DeviceHarness.Virtual.Prepayment;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.Esme;

/// <summary>What a meter still knows when its process ended and another one takes up its flash.</summary>
public sealed class NonvolatileTests
{
    private readonly MemoryFlash _flash = new();

    [Fact]
    public void Whatever_a_client_wrote_is_there_again_and_reads_the_same()
    {
        EsmeFixture first = Meter();
        ScriptedClient client = first.Associated();
        (int Class, string Name, int Attribute, string Data)[] writes =
        [
            (20, "0-0:13.0.0.255", 6, CosemRequests.Text("KEPT")),
            (20, "0-0:13.0.0.255", 10, "090C07EA060101000000" + "00000000"),
            (113, "0-0:19.20.3.255", 13, "1203E8"),
            (111, "0-0:19.0.0.255", 16, CosemRequests.DoubleLong(123)),
            (112, "0-0:19.10.1.255", 9, CosemRequests.DoubleLong(456)),
            (1, "0-0:19.50.2.255", 2, CosemRequests.DoubleLong(789)),
            (71, "0-0:17.0.0.255", 4, CosemRequests.Unsigned32(4_321)),
            (71, "0-0:17.0.3.255", 4, "1207D0"),
            (1, "1-0:32.31.0.4", 2, "12084D"),
            (22, "0-0:15.0.0.255", 4, "0101" + "0202" + "090400000000" + "0905FFFFFF01FF"),
            (22, "0-0:15.0.2.255", 4, "0101" + "0202" + "090402000000" + "090507EB0101FF"),
            (1, "0-2:96.13.1.255", 2, CosemRequests.Text("Your supplier calls")),
            (1, "0-0:96.50.0.255", 2, "0203" + "1105" + "1103" + "0301"),
            (10, "0-0:12.0.1.255", 2, "0101" + "020A" + "120001" + "0301" + "090600000A006AFF" + "120001" + "090410000000"
                + "12FFFF" + "0407FE" + "04100000" + "0905FFFFFFFFFF" + "0905FFFFFFFFFF"),
        ];
        foreach ((int classId, string name, int attribute, string data) in writes)
        {
            client.Do(CosemRequests.Set(classId, name, attribute, data)).Should().Be(0, "{0} attribute {1}", name, attribute);
        }

        ScriptedClient next = Meter().Associated();

        foreach ((int classId, string name, int attribute, _) in writes)
        {
            next.Read(classId, name, attribute).Should().Be(client.Read(classId, name, attribute), "{0} attribute {1}", name, attribute);
        }
    }

    [Fact]
    public void Credit_used_tokens_and_registers_are_there_again()
    {
        EsmeFixture first = Meter();
        string token = new Utrn(100, 1).Write("26E0000001", "virtual-esme-01");
        first.Time.Advance(TimeSpan.FromHours(2));
        first.Esme.EnterToken(token).Should().BeTrue();
        long balance = first.Esme.BalanceMillipence;
        long rate = first.Associated().Number(3, "1-0:1.8.1.255", 2);
        long rows = first.Client.Number(7, "1-0:99.1.0.255", 7);

        EsmeFixture second = Meter();
        ScriptedClient client = second.Associated();

        second.Esme.BalanceMillipence.Should().Be(balance);
        client.Number(3, "1-0:1.8.1.255", 2).Should().Be(rate).And.BePositive();
        client.Number(7, "1-0:99.1.0.255", 7).Should().Be(rows);
        second.Esme.EnterToken(token).Should().BeFalse("it was used before");
    }

    [Fact]
    public void A_supply_that_was_off_for_credit_is_armed_by_a_payment_after_a_restart()
    {
        EsmeFixture first = Meter(model => model with { Prepayment = model.Prepayment with { Mode = PaymentMode.Prepayment } });
        first.Time.Advance(TimeSpan.FromMinutes(2));
        first.Esme.Supply.Should().Be(SupplyState.Disconnected);

        EsmeFixture second = Meter();
        second.Esme.EnterToken(new Utrn(5_000, 1).Write("26E0000001", "virtual-esme-01")).Should().BeTrue();

        second.Esme.Supply.Should().Be(SupplyState.ReadyForReconnection);
    }

    [Fact]
    public void A_measurement_that_was_under_way_is_lost_with_the_power()
    {
        EsmeFixture fixture = Meter(model => model with
        {
            Load = new LoadProfileOptions(3_000, 0, 0, 0, 0),
            LoadLimit = model.LoadLimit with { ThresholdWatts = 1_000, OverSeconds = 100, CutsSupply = true },
        });
        fixture.Time.Advance(TimeSpan.FromSeconds(90));

        fixture.Esme.PowerOff();
        fixture.Time.Advance(TimeSpan.FromSeconds(5));
        fixture.Esme.PowerOn();
        fixture.Time.Advance(TimeSpan.FromSeconds(90));
        SupplyState before = fixture.Esme.Supply;
        fixture.Time.Advance(TimeSpan.FromSeconds(10));
        fixture.Esme.Step([]);
        long power = fixture.Associated().Number(3, "1-0:1.7.0.255", 2);

        before.Should().Be(SupplyState.Connected);
        power.Should().Be(0);
        fixture.Esme.Supply.Should().Be(SupplyState.ReadyForReconnection);
    }

    private EsmeFixture Meter(Func<EsmeModel, EsmeModel>? change = null) => new(change, _flash);
}
