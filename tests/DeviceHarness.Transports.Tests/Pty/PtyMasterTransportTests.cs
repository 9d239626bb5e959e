using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.TestKit;
using DeviceHarness.Transports.Pty;
using DeviceHarness.Transports.Serial;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Transports.Tests.Pty;

public sealed class PtyMasterTransportTests
{
    [Fact]
    public async Task The_device_does_not_hear_its_own_answer_before_a_client_comes()
    {
        await using PtyMasterTransport device = PtyMasterTransport.Create(new PtySettings { Name = "pty", DrainLimit = TimeSpan.Zero });

        _ = await device.WriteAsync("7E A0 07 7E".Octets(), CancellationToken.None);
        TransportRead read = await device.ReadAsync(new byte[16], TimeSpan.FromMilliseconds(20), CancellationToken.None);

        read.TimedOut.Should().BeTrue();
    }

    [Fact]
    public async Task Clients_come_and_go_and_the_device_stays()
    {
        await using PtyMasterTransport device = PtyMasterTransport.Create(new PtySettings { Name = "pty" });
        byte[] target = new byte[4];

        for (int round = 0; round < 5; round++)
        {
            await using SerialPortTransport client = SerialPortTransport.Open(new SerialPortSettings { Path = device.ClientPath });
            _ = await client.WriteAsync(new[] { (byte)round }, CancellationToken.None);
            TransportRead read = await device.ReadAsync(target, Waits.Bound, CancellationToken.None).AsTask().DefaultTimeout();
            read.Count.Should().Be(1);
            target[0].Should().Be((byte)round);
        }
    }

    [Fact]
    public async Task A_close_throws_nothing_away_that_the_client_still_reads()
    {
        PtyMasterTransport device = PtyMasterTransport.Create(new PtySettings { Name = "pty", DrainLimit = Waits.Bound });
        await using SerialPortTransport client = SerialPortTransport.Open(new SerialPortSettings { Path = device.ClientPath });
        byte[] frame = new byte[50];
        Task<int> reader = Task.Run(() => CountUntilGoneAsync(client));

        for (int index = 0; index < 200; index++)
        {
            _ = await device.WriteAsync(frame, CancellationToken.None);
        }

        await device.DisposeAsync();

        (await reader.DefaultTimeout()).Should().Be(200 * frame.Length);
    }

    [Fact]
    public async Task The_link_follows_the_newest_line_and_goes_with_it()
    {
        string folder = Directory.CreateTempSubdirectory("dh-pty-").FullName;
        string link = Path.Combine(folder, "bench", "esme-01");
        PtyMasterTransport first = PtyMasterTransport.Create(new PtySettings { Name = "a", LinkPath = link });
        PtyMasterTransport second = PtyMasterTransport.Create(new PtySettings { Name = "b", LinkPath = link });

        await first.DisposeAsync();
        string? target = new FileInfo(link).LinkTarget;
        await using (SerialPortTransport client = SerialPortTransport.Open(new SerialPortSettings { Path = link }))
        {
            client.DevicePath.Should().Be(second.SlavePath);
        }

        await second.DisposeAsync();

        target.Should().Be(second.SlavePath, "the first line must not remove the link of the second");
        new FileInfo(link).LinkTarget.Should().BeNull();
        Directory.GetFiles(Path.GetDirectoryName(link)!).Should().BeEmpty();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_link_that_cannot_be_made_is_an_error()
    {
        Action create = () => PtyMasterTransport.Create(new PtySettings { Name = "a", LinkPath = "/proc/none/esme-01" });

        create.Should().Throw<TransportException>().Which.Code.Should().Be("TRAN-007");
    }

    [Fact]
    public void A_file_that_has_the_name_of_the_link_stays_as_it_is()
    {
        string folder = Directory.CreateTempSubdirectory("dh-pty-").FullName;
        string file = Path.Combine(folder, "notes");
        File.WriteAllText(file, "mine");
        Action overFile = () => PtyMasterTransport.Create(new PtySettings { Name = "a", LinkPath = file });
        Action overFolder = () => PtyMasterTransport.Create(new PtySettings { Name = "a", LinkPath = folder });

        overFile.Should().Throw<TransportException>().Which.Code.Should().Be("TRAN-007");
        overFolder.Should().Throw<TransportException>().Which.Code.Should().Be("TRAN-007");

        File.ReadAllText(file).Should().Be("mine");
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<int> CountUntilGoneAsync(SerialPortTransport client)
    {
        int count = 0;
        byte[] target = new byte[512];
        try
        {
            while (true)
            {
                count += (await client.ReadAsync(target, Waits.Bound, CancellationToken.None)).Count;
            }
        }
        catch (TransportException)
        {
            return count;
        }
    }
}
