using DeviceHarness.Virtual.Flash;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.Flash;

public sealed class FileFlashTests : IDisposable
{
    private readonly string _folder = Path.Combine(Directory.CreateTempSubdirectory("flash").FullName, "esme-01");

    [Fact]
    public void Records_are_read_as_they_were_written_by_whoever_opens_the_folder()
    {
        FileFlash first = new(_folder);
        first.Write("meter", [1, 2, 3]);
        first.Write("meter", [4]);
        first.WriteAt("image", 2, [9, 8]);
        first.WriteAt("image", 0, [7]);
        first.Write("gone", [1]);
        first.Erase("gone");

        FileFlash second = new(_folder);

        second.Read("meter").Should().Equal(4);
        second.Read("image").Should().Equal(7, 0, 9, 8);
        second.Read("gone").Should().BeNull();
        second.Read("never").Should().BeNull();
        second.Erase("never");
    }

    [Fact]
    public void The_memory_flash_behaves_the_same()
    {
        MemoryFlash flash = new();
        flash.Write("meter", [1, 2, 3]);
        flash.Write("meter", [4]);
        flash.WriteAt("image", 2, [9, 8]);
        flash.WriteAt("image", 0, [7]);
        flash.Erase("never");
        flash.Read("meter")![0] = 99;

        flash.Read("meter").Should().Equal(4);
        flash.Read("image").Should().Equal(7, 0, 9, 8);
        flash.Read("never").Should().BeNull();
    }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);
}
