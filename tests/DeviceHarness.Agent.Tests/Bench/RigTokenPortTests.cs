using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Service;
using DeviceHarness.Virtual.Prepayment;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Bench;

/// <summary>The tokens of the simulated Service Provider against what a virtual meter takes, each side with its own words for the
/// form.</summary>
public sealed class RigTokenPortTests : IDisposable
{
    private const string Serial = "26E0000001";
    private const string Key = "virtual-esme-01";

    private static readonly DeviceId Id = new("esme-01");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_meter_takes_what_is_made_for_it()
    {
        RigTokenPort port = Open();

        for (int pence = 1; pence < 900_000; pence += 89_977)
        {
            Read(port.Issue(Id, pence, UtrnFlaw.None), Serial, out Utrn? token).Should().Be(UtrnVerdict.Authentic);
            token!.Pence.Should().Be(pence);
        }
    }

    [Fact]
    public void A_flaw_is_the_one_that_was_asked_for()
    {
        RigTokenPort port = Open();

        Read(port.Issue(Id, 500, UtrnFlaw.Misprinted), Serial, out _).Should().Be(UtrnVerdict.Incorrect);
        Read(port.Issue(Id, 500, UtrnFlaw.Forged), Serial, out _).Should().Be(UtrnVerdict.NotAuthentic);
        Read(port.Issue(Id, 500, UtrnFlaw.None), "26E0000005", out _).Should().Be(UtrnVerdict.ForAnotherDevice);
    }

    [Fact]
    public void No_token_is_made_twice_after_a_restart_either()
    {
        List<int> numbers = [];
        for (int restart = 0; restart < 3; restart++)
        {
            RigTokenPort port = Open();
            for (int turn = 0; turn < 3; turn++)
            {
                Read(port.Issue(Id, 500, UtrnFlaw.None), Serial, out Utrn? token).Should().Be(UtrnVerdict.Authentic);
                numbers.Add(token!.Number);
            }
        }

        numbers.Should().Equal(1, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    [Theory]
    [InlineData(true, new[] { 1, 2, 3, 4, 5 })]
    [InlineData(false, new[] { 1, 1, 2, 2, 3 })]
    public void The_other_site_counts_on_when_it_knows_the_tokens_of_the_first(bool isReplicated, int[] expected)
    {
        Sites sites = new();
        SiteReplication replication = SiteReplication.Whole with { Tokens = isReplicated };
        List<int> numbers = [];
        foreach (ServiceSite site in (ServiceSite[])
            [ServiceSite.Primary, ServiceSite.Secondary, ServiceSite.Secondary, ServiceSite.Primary, ServiceSite.Primary])
        {
            sites.MoveTo(site);
            Read(Open(Key, replication, sites).Issue(Id, 500, UtrnFlaw.None), Serial, out Utrn? token).Should().Be(UtrnVerdict.Authentic);
            numbers.Add(token!.Number);
        }

        numbers.Should().Equal(expected);
    }

    [Fact]
    public void A_device_without_a_secret_has_none()
    {
        Open(key: null).Issue(Id, 500, UtrnFlaw.None).Should().BeNull();
        Open().Issue(new DeviceId("esme-09"), 500, UtrnFlaw.None).Should().BeNull();
    }

    [Fact]
    public void A_number_that_cannot_be_read_makes_no_token()
    {
        Open().Issue(Id, 500, UtrnFlaw.None);
        string file = Directory.GetFiles(Path.Combine(_folder.Path, "tokens", "bench-01"), "*.number").Should().ContainSingle().Subject;
        File.WriteAllText(file, "one");

        FluentActions.Invoking(() => Open().Issue(Id, 500, UtrnFlaw.None))
            .Should().Throw<LocalProtocolException>().WithMessage("*holds no number*");
    }

    [Fact]
    public void The_last_number_is_the_last_token()
    {
        Open().Issue(Id, 500, UtrnFlaw.None);
        File.WriteAllText(Directory.GetFiles(Path.Combine(_folder.Path, "tokens", "bench-01"), "*.number")[0], "99999");

        FluentActions.Invoking(() => Open().Issue(Id, 500, UtrnFlaw.None))
            .Should().Throw<LocalProtocolException>().WithMessage("*used up*");
    }

    private static UtrnVerdict Read(string? digits, string serial, out Utrn? token) => Utrn.TryRead(digits, serial, Key, out token);

    private RigTokenPort Open(string? key = Key, SiteReplication? replication = null, Sites? sites = null)
    {
        BenchDevice device = new(
            Id, "ESME", new Eui64(0x90B3D51F300000A0), "generic", new Provenance(Route.LocalSerial, Origin.Virtual))
        {
            Facts = new Dictionary<string, string> { [RigTokenPort.SerialNumber] = Serial },
            Secrets = key is null ? [] : new Dictionary<string, string> { [RigTokenPort.TokenKey] = key },
        };
        return RigTokenPort.Of([device], _folder.Path, "bench-01", replication ?? SiteReplication.Whole, sites ?? new Sites());
    }

    private sealed class Sites : IServiceSites
    {
        public ServiceSite Active { get; private set; }

        public void MoveTo(ServiceSite site) => Active = site;
    }
}
