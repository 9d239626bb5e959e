namespace DeviceHarness.TestKit.Lines;

/// <summary>A read that waits at one end of a <see cref="LockstepLine"/>.</summary>
/// <param name="deadline">When it times out, by the line's clock; null means never.</param>
internal sealed class LockstepWait(TimeSpan? deadline)
{
    private readonly TaskCompletionSource _expired = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal TimeSpan? Deadline => deadline;

    internal Task Expired => _expired.Task;

    internal void Expire() => _expired.SetResult();
}
