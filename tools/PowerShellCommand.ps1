# How another PowerShell like this one is started. As a .NET tool, PowerShell is a library that dotnet runs, and $PSHOME holds no program
# for every platform.
function Get-PowerShellCommand {
    $program = [System.Environment]::ProcessPath
    if ([System.IO.Path]::GetFileNameWithoutExtension($program) -eq 'pwsh') { $program } else { $program, (Join-Path $PSHOME pwsh.dll) }
}

# Runs it with these arguments; what is piped in is its standard input.
function Invoke-PowerShell {
    param ([Parameter(Mandatory)] [string[]] $ArgumentList, [Parameter(ValueFromPipeline)] [string] $InputObject)

    $program, $rest = @(Get-PowerShellCommand) + $ArgumentList
    if ($MyInvocation.ExpectingInput) { $input | & $program @rest } else { & $program @rest }
}
