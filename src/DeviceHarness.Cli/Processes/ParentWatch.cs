using System.CommandLine;

namespace DeviceHarness.Cli.Processes;

/// <summary>Ends a child process when its parent is gone, however the parent ended: its standard input closes.</summary>
internal sealed class ParentWatch : IDisposable
{
    private readonly CancellationTokenSource _ended;

    private ParentWatch(CancellationToken cancellationToken) => _ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);

    /// <summary>The option that a parent gives to its children.</summary>
    public static Option<bool> Option { get; } = new("--until-input-ends")
    {
        Description = "End when standard input ends (for parents)",
        Hidden = true,
    };

    /// <summary>Cancelled when the user interrupts or the parent is gone.</summary>
    public CancellationToken Token => _ended.Token;

    /// <summary>Begins to watch, when the option was given.</summary>
    public static ParentWatch Begin(ParseResult parsed, CancellationToken cancellationToken)
    {
        ParentWatch watch = new(cancellationToken);
        if (parsed.GetValue(Option))
        {
            // Console streams block: this read has a thread of its own for as long as the process lives.
            Thread reader = new(watch.ReadToEnd) { IsBackground = true, Name = "parent watch" };
            reader.Start();
        }

        return watch;
    }

    /// <inheritdoc/>
    public void Dispose() => _ended.Dispose();

    private void ReadToEnd()
    {
        using Stream input = Console.OpenStandardInput();
        Span<byte> octets = stackalloc byte[64];
        while (input.Read(octets) > 0)
        {
        }

        try
        {
            _ended.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The command ended at the same moment: there is nothing left to stop.
        }
    }
}
