namespace DeviceHarness.Virtual.Control;

/// <summary>One connection to what a virtual bench is told at. It drives the coils that it told to be driven: when it ends, however it
/// ends, their contacts close, as normally-closed contacts do whose coil loses its current, and the covers that it held open
/// are put back.</summary>
/// <remarks>One caller at a time.</remarks>
/// <param name="control">What answers.</param>
public sealed class BenchControlConnection(BenchControl control) : IDisposable
{
    private readonly HashSet<DrivenPart> _driven = [];

    /// <summary>Does what a line says.</summary>
    /// <param name="line">The line, without its end.</param>
    /// <returns>The answer, without a line end in it.</returns>
    public string Answer(string line) => control.Answer(line, _driven);

    /// <summary>Lets go of all that it drives.</summary>
    public void Dispose()
    {
        foreach (DrivenPart part in _driven)
        {
            part.LetGo();
        }

        _driven.Clear();
    }
}
