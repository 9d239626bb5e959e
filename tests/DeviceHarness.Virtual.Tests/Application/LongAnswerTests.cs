using DeviceHarness.TestKit;
using DeviceHarness.Virtual.Application;
using DeviceHarness.Virtual.Commands;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Logs;
using DeviceHarness.Virtual.Tests.Esme;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.Application;

public sealed class LongAnswerTests
{
    private const int Rows = 19_056;
    private const int RowOctets = 21;

    [Fact]
    public void Thirteen_months_of_half_hours_are_one_long_get()
    {
        EsmeState meter = new(EsmeFixture.DefaultModel() with { HistoryDays = 0 }, new ManualTimeProvider());
        meter.Engines.ImportProfile.Log.Fill(
            [.. Enumerable.Range(0, Rows).Select(row => new LogRow(ListedHost.Start.AddMinutes(30 * (row - Rows)), true, [row]))]);
        CosemServer server = new("esme-01", meter, new NoLog());
        server.OnConnected(1);
        Answer(server, EsmeFixture.AarqLls).Should().StartWith("6129");

        int octets = 0;
        int blocks = 0;
        string answer = Answer(server, CosemRequests.Get(7, "1-0:99.1.0.255", 2));
        while (true)
        {
            blocks++;
            answer.Should().StartWith("C402C1");
            answer.Substring(8, 8).Should().Be($"{blocks:X8}");
            octets += (answer.Length - (answer.Substring(18, 2) switch { "82" => 24, "81" => 22, _ => 20 })) / 2;
            if (answer.Substring(6, 2) == "01")
            {
                break;
            }

            answer = Answer(server, $"C002C1{blocks:X8}");
        }

        octets.Should().Be(4 + (Rows * RowOctets));
        answer.Should().EndWith($"06{Rows - 1:X8}", "the last row");
    }

    private static string Answer(CosemServer server, string apdu) =>
        Convert.ToHexString(server.OnApdu(Convert.FromHexString(apdu)).Span);

    private sealed class NoLog : ICommandLog
    {
        public void Append(CommandRecord command)
        {
        }
    }
}
