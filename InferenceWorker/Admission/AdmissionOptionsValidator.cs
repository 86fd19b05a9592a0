using Microsoft.Extensions.Options;

namespace Teleprompter.InferenceWorker.Admission;

/// <summary>Refuses settings that cannot work, naming the setting and what to set.</summary>
sealed class AdmissionOptionsValidator : IValidateOptions<AdmissionOptions>
{
    public ValidateOptionsResult Validate(string? name, AdmissionOptions options)
    {
        var faults = new List<string>();
        if (options.Slots is < 1 or > 1000)
        {
            faults.Add("Admission:Slots must be 1 to 1000: "
                + "set it to the streams that your model endpoint serves at once for one worker, 8 by default.");
        }

        if (options.Pending is < 0 or > 100)
        {
            faults.Add("Admission:Pending must be 0 to 100: set it to 3, the default, or remove it.");
        }

        foreach (var (setting, value) in new[]
        {
            (nameof(options.HeldFor), options.HeldFor),
            (nameof(options.ThrottledFor), options.ThrottledFor),
            (nameof(options.WidenEvery), options.WidenEvery),
        })
        {
            if (value <= TimeSpan.Zero || value > TimeSpan.FromMinutes(1))
            {
                faults.Add($"Admission:{setting} must be above 0 and at most one minute: "
                    + "write it as hours:minutes:seconds, for example 00:00:08.");
            }
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
